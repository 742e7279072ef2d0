package io.orchestrator.core.control.autoscale;

/**
 * Something that was wanted of a size, or done to it.
 *
 * @param nanos when, by monotonic time
 * @param amount the size that was wanted; or by how much it was changed, negative where it shrank
 */
record Moment(long nanos, int amount) {
    boolean isWithin(long seconds, long now) {
        return now - nanos < seconds * 1_000_000_000L;
    }
}
