package io.orchestrator.core.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import org.jspecify.annotations.Nullable;

/**
 * Counts what an evaluation costs while it runs, in the units in which {@link CostEstimator} reckons, by what values turn out to
 * be. Confined to one evaluation.
 */
final class CostMeter implements CelEvaluationListener {
    private static final long NEW_LIST = 10;
    private static final long NEW_MAP = 30;
    private static final long NEW_MESSAGE = 40;

    private final CostPlan plan;
    private final @Nullable Object[] values;
    private long cost;

    CostMeter(CostPlan plan) {
        this.plan = plan;
        this.values = new Object[plan.size()];
    }

    long cost() {
        return cost;
    }

    /** @throws CostLimitException when that was too much */
    @Override
    public void callback(CelExpr expr, Object value) {
        cost = Size.sum(cost, costOf(expr, value));
        if (cost > Budget.OF_EXPRESSION) {
            throw new CostLimitException();
        }
        Integer place = plan.place(expr);
        if (place != null) {
            values[place] = value;
        }
    }

    private long costOf(CelExpr expr, Object value) {
        return switch (expr.getKind()) {
            case IDENT -> 1;
            case SELECT -> expr.select().testOnly() ? 0 : 1;
            case LIST -> NEW_LIST;
            case MAP -> NEW_MAP;
            case STRUCT -> NEW_MESSAGE;
            case CALL -> call(expr, value);
            case COMPREHENSION, CONSTANT, NOT_SET -> 0;
        };
    }

    private long call(CelExpr expr, Object value) {
        int[] places = plan.arguments(expr);
        if (places == null) {
            return ActualCosts.fixed(expr.call().function());
        }
        Object[] arguments = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            Object argument = values[places[i]];
            // What a macro has taken away is not seen here; it has no size either.
            arguments[i] = argument == null ? 0L : argument;
        }
        return ActualCosts.of(expr.call().function(), arguments, value);
    }
}
