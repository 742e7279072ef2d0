package io.orchestrator.core.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How often values fell between which bounds. Thread-safe; an observation is a few additions. */
public final class Distribution {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    /** @param bounds the upper ones, growing; what lies above the last is counted, too */
    public Distribution(double... bounds) {
        this.bounds = Arrays.copyOf(bounds, bounds.length + 1);
        this.bounds[bounds.length] = Double.POSITIVE_INFINITY;
        this.counts = new LongAdder[this.bounds.length];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    /** For spans of time from this one on, each bound twice the one before. */
    public static double[] doubling(double first, int count) {
        double[] bounds = new double[count];
        for (int i = 0; i < count; i++) {
            bounds[i] = first * (1L << i);
        }
        return bounds;
    }

    public void observe(double value) {
        int low = Arrays.binarySearch(bounds, value);
        counts[low < 0 ? -low - 1 : low].increment();
        sum.add(value);
    }

    public void observeNanos(long nanos) {
        observe(nanos / 1e9);
    }

    /** What was observed up to now. */
    public Reading reading() {
        return new Reading(
                bounds.clone(), Arrays.stream(counts).mapToLong(LongAdder::sum).toArray(), sum.sum());
    }

    /**
     * A distribution at a moment.
     *
     * @param bounds the upper ones, the last infinite
     * @param counts between each bound and the one before
     */
    @SuppressWarnings("ArrayRecordComponent") // made for the moment of a report and never compared
    public record Reading(double[] bounds, long[] counts, double sum) {
        public long count() {
            return Arrays.stream(counts).sum();
        }
    }
}
