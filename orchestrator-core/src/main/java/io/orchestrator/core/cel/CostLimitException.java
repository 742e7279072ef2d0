package io.orchestrator.core.cel;

/** A single evaluation costs more than one may. */
public final class CostLimitException extends ExpressionException {
    private static final long serialVersionUID = 1L;

    CostLimitException() {
        super("operation cancelled: actual cost limit exceeded");
    }
}
