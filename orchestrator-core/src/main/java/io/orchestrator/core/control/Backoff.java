package io.orchestrator.core.control;

import java.time.Duration;

/**
 * Exponential delays: {@code base}, twice that, four times that, and so on up to {@code max}.
 *
 * @param base the delay after the first failure
 * @param max no delay is longer
 */
public record Backoff(Duration base, Duration max) {
    private static final int MAX_DOUBLINGS = 62;
    private static final Backoff DEFAULT = new Backoff(Duration.ofMillis(5), Duration.ofSeconds(1000));

    public Backoff {
        if (base.isNegative() || base.isZero() || max.compareTo(base) < 0) {
            throw new IllegalArgumentException("back-off from " + base + " to " + max);
        }
    }

    /** From 5 ms to 1,000 s, as Kubernetes' controllers have it. */
    public static Backoff standard() {
        return DEFAULT;
    }

    /** The delay after this many failures in a row, the first of which is 1. */
    public Duration delay(int failures) {
        if (failures < 1) {
            return Duration.ZERO;
        }
        long nanos = base.toNanos();
        int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        long limit = max.toNanos();
        return nanos > limit >> doublings ? max : Duration.ofNanos(nanos << doublings);
    }
}
