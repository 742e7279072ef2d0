package io.orchestrator.core.registry.policy;

import io.orchestrator.api.model.admissionregistration.MatchCondition;
import io.orchestrator.core.cel.Budget;
import io.orchestrator.core.cel.Expression;
import io.orchestrator.core.cel.ExpressionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions in CEL on a request, compiled once. Immutable. */
public final class RequestConditions {
    private final Map<String, Expression> conditions;
    private final @Nullable ExpressionException broken;

    private RequestConditions(Map<String, Expression> conditions, @Nullable ExpressionException broken) {
        this.conditions = conditions;
        this.broken = broken;
    }

    /** What does not compile fails when it is asked. */
    static RequestConditions compiled(List<MatchCondition> declared, PolicyExpressions expressions) {
        Map<String, Expression> compiled = new LinkedHashMap<>();
        try {
            for (MatchCondition each : declared) {
                compiled.put(each.name(), expressions.conditions().condition(each.expression()));
            }
        } catch (ExpressionException e) {
            return new RequestConditions(Map.of(), e);
        }
        return new RequestConditions(compiled, null);
    }

    boolean isEmpty() {
        return conditions.isEmpty() && broken == null;
    }

    /** Whether all hold. @throws ExpressionException when one fails, and none is false */
    boolean hold(Map<String, Object> request, Budget budget) {
        ExpressionException failure = broken;
        for (Expression condition : conditions.values()) {
            try {
                if (!condition.holds(request, budget)) {
                    return false;
                }
            } catch (ExpressionException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return true;
    }
}
