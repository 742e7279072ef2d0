package io.orchestrator.core.cel;

/**
 * What the evaluations of some expressions may still cost together, so that no rule holds up a thread; what a single one may is
 * fixed. The figures and their units are those of Kubernetes. Confined to the request.
 */
public final class Budget {
    /** Of one evaluation. */
    static final long OF_EXPRESSION = 1_000_000;

    private static final long OF_RULES = 10_000_000;
    private static final long OF_CONDITIONS = OF_RULES / 4;

    private long left;
    private boolean ended;

    private Budget(long left) {
        this.left = left;
    }

    /** For the rules of one object, or those of one policy with one set of parameters. */
    public static Budget ofRules() {
        return new Budget(OF_RULES);
    }

    /** For the conditions on one request that a policy or webhook has. */
    public static Budget ofConditions() {
        return new Budget(OF_CONDITIONS);
    }

    /** Lets nothing more be evaluated. */
    public void end() {
        left = 0;
        ended = true;
    }

    /** Whether nothing more should be evaluated. */
    public boolean hasEnded() {
        return ended;
    }

    long left() {
        return left;
    }

    /** @throws OutOfBudgetException when there was less; nothing is left then */
    void spend(long cost) {
        if (cost > left) {
            end();
            throw new OutOfBudgetException();
        }
        left -= cost;
    }
}
