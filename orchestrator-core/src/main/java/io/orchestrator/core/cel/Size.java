package io.orchestrator.core.cel;

/**
 * Between which bounds the number of characters, bytes, items or fields of a value lies. What exceeds a long stays at its
 * largest, here and in costs.
 */
record Size(long least, long most) {
    static final Size UNKNOWN = new Size(0, Long.MAX_VALUE);
    static final Size ONE = new Size(1, 1);

    static Size exactly(long size) {
        return new Size(size, size);
    }

    Size plus(Size other) {
        return new Size(sum(least, other.least), sum(most, other.most));
    }

    Size times(Size other) {
        return new Size(product(least, other.least), product(most, other.most));
    }

    /** Bounds that hold for both. */
    Size or(Size other) {
        return new Size(Math.min(least, other.least), Math.max(most, other.most));
    }

    /** What so many steps for each one cost at most. */
    long cost(double each) {
        double cost = Math.ceil(most * each);
        return cost >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) cost;
    }

    static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Of numbers that are not negative. */
    static long product(long one, long other) {
        return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
    }
}
