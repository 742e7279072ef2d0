package io.orchestrator.core.registry.policy;

import io.orchestrator.api.model.admissionregistration.MatchCondition;
import io.orchestrator.core.cel.Budget;
import io.orchestrator.core.cel.Expression;
import io.orchestrator.core.cel.ExpressionCompiler;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.cel.OutOfBudgetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Conditions in CEL on a request, compiled once. Immutable. */
public final class RequestConditions {
    private final List<Condition> conditions;
    private final @Nullable ExpressionException broken;

    private record Condition(String text, Expression expression) {}

    private RequestConditions(List<Condition> conditions, @Nullable ExpressionException broken) {
        this.conditions = conditions;
        this.broken = broken;
    }

    /** What does not compile fails when it is asked. */
    static RequestConditions compiled(List<MatchCondition> declared, Supplier<ExpressionCompiler> compiler) {
        List<Condition> compiled = new ArrayList<>();
        try {
            for (MatchCondition each : declared) {
                String text = each.expression();
                compiled.add(new Condition(text, compiler.get().condition(text)));
            }
        } catch (ExpressionException e) {
            return new RequestConditions(List.of(), e);
        }
        return new RequestConditions(compiled, null);
    }

    boolean isEmpty() {
        return conditions.isEmpty() && broken == null;
    }

    /** Whether all hold. @throws ExpressionException when one fails, and none is false */
    boolean hold(Map<String, Object> request, Budget budget) {
        if (broken != null) {
            throw broken;
        }
        List<String> failures = new ArrayList<>();
        for (Condition condition : conditions) {
            try {
                if (!condition.expression().holds(request, budget)) {
                    return false;
                }
            } catch (OutOfBudgetException e) {
                throw e;
            } catch (ExpressionException e) {
                failures.add("expression '" + condition.text() + "' resulted in error: " + e.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw new ExpressionException(
                    failures.size() == 1 ? failures.get(0) : "[" + String.join(", ", failures) + "]");
        }
        return true;
    }
}
