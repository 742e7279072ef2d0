package io.orchestrator.core.registry.policy;

import io.orchestrator.core.cel.Budget;
import io.orchestrator.core.cel.Expression;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.cel.OutOfBudgetException;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables of a policy: each is worked out when an expression first asks for it. Confined to one judgement. */
final class LazyVariables extends AbstractMap<String, Object> {
    private final Map<String, Expression> expressions;
    private final Map<String, Object> surroundings;
    private final Budget budget;
    private final Map<String, Object> known = new HashMap<>();

    /** @param surroundings what the expressions see, these variables included */
    LazyVariables(Map<String, Expression> expressions, Map<String, Object> surroundings, Budget budget) {
        this.expressions = expressions;
        this.surroundings = surroundings;
        this.budget = budget;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return expressions.containsKey(name);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        Object value = known.get(name);
        Expression expression = expressions.get(name);
        if (value == null && expression != null) {
            value = evaluated(String.valueOf(name), expression);
            known.put(String.valueOf(name), value);
        }
        return value;
    }

    private Object evaluated(String name, Expression expression) {
        try {
            return expression.evaluate(surroundings, budget);
        } catch (OutOfBudgetException e) {
            throw e;
        } catch (ExpressionException e) {
            throw new ExpressionException("composited variable \"" + name + "\" fails to evaluate: " + e.getMessage());
        }
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        expressions.keySet().forEach(this::get);
        return known.entrySet();
    }
}
