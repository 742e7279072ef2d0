package io.orchestrator.core.cel;

/** An expression that cannot be compiled, or that failed for these values. */
public sealed class ExpressionException extends RuntimeException permits CostLimitException, OutOfBudgetException {
    private static final long serialVersionUID = 1L;

    public ExpressionException(String message) {
        super(message);
    }

    ExpressionException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
