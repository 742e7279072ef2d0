package io.orchestrator.core.cel;

/**
 * How many steps the expressions of one request may still take together, so that no rule holds up a thread. Confined to the
 * request.
 */
public final class Budget {
    /** Enough for rules over a thousand items, and spent in well below a second. */
    private static final long STEPS_OF_REQUEST = 500_000;

    private long left;

    private Budget(long steps) {
        this.left = steps;
    }

    public static Budget ofRequest() {
        return new Budget(STEPS_OF_REQUEST);
    }

    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new ExpressionException("operation cancelled: actual cost limit exceeded");
        }
    }
}
