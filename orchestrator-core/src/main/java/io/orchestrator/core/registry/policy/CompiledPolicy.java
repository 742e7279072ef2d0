package io.orchestrator.core.registry.policy;

import io.orchestrator.api.model.admissionregistration.MatchCondition;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.Validation;
import io.orchestrator.api.model.admissionregistration.Variable;
import io.orchestrator.core.cel.Budget;
import io.orchestrator.core.cel.Expression;
import io.orchestrator.core.cel.ExpressionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy whose expressions are compiled. Immutable. */
final class CompiledPolicy {
    private final ValidatingAdmissionPolicy policy;
    private final Map<String, Expression> conditions = new LinkedHashMap<>();
    private final Map<String, Expression> variables = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    private record Rule(
            Validation declared,
            Expression condition,
            @Nullable Expression message) {}

    /** What a rule found wrong. @param reason such as {@code Invalid} */
    record Finding(String message, String reason) {}

    /** @throws ExpressionException when one of them does not compile */
    CompiledPolicy(ValidatingAdmissionPolicy policy, PolicyExpressions expressions) {
        this.policy = policy;
        for (MatchCondition condition : policy.spec().matchConditions()) {
            conditions.put(condition.name(), expressions.conditions().condition(condition.expression()));
        }
        for (Variable variable : policy.spec().variables()) {
            variables.put(variable.name(), expressions.rules().value(variable.expression()));
        }
        for (Validation rule : policy.spec().validations()) {
            String message = rule.messageExpression();
            rules.add(new Rule(
                    rule,
                    expressions.rules().condition(rule.expression()),
                    message.isEmpty() ? null : expressions.rules().text(message)));
        }
    }

    ValidatingAdmissionPolicy policy() {
        return policy;
    }

    /** Whether all conditions hold. @throws ExpressionException when one fails, and none is false */
    boolean isMeant(Map<String, Object> request, Budget budget) {
        ExpressionException failure = null;
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

    /**
     * What is wrong with the request.
     *
     * @param strict whether a rule that fails to give an answer counts as broken
     */
    List<Finding> judge(Map<String, Object> request, Object params, boolean strict, Budget budget) {
        Map<String, Object> all = new LinkedHashMap<>(request);
        all.put("params", params);
        all.put("variables", new LazyVariables(variables, all, budget));
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : rules) {
            String reason = rule.declared().reason() == null
                    ? "Invalid"
                    : rule.declared().reason();
            try {
                if (!rule.condition().holds(all, budget)) {
                    findings.add(new Finding(message(rule, all, budget), reason));
                }
            } catch (ExpressionException e) {
                if (strict) {
                    findings.add(new Finding(
                            "expression '" + rule.declared().expression() + "' resulted in error: " + e.getMessage(),
                            reason));
                }
            }
        }
        return findings;
    }

    private static String message(Rule rule, Map<String, Object> variables, Budget budget) {
        Validation declared = rule.declared();
        String plain = declared.message().isEmpty()
                ? "failed expression: " + declared.expression().strip()
                : declared.message();
        if (rule.message() == null) {
            return plain;
        }
        try {
            String said = ((String) rule.message().evaluate(variables, budget)).strip();
            return said.isEmpty() || said.indexOf('\n') >= 0 ? plain : said;
        } catch (ExpressionException e) {
            // The rule is broken whatever can be said of it.
            return plain;
        }
    }
}
