package io.orchestrator.core.cel;

/** The expressions of a run cost more than they may together: none of those behind is evaluated. */
public final class OutOfBudgetException extends ExpressionException {
    private static final long serialVersionUID = 1L;

    OutOfBudgetException() {
        super("validation failed due to running out of cost budget, no further validation rules will be run");
    }
}
