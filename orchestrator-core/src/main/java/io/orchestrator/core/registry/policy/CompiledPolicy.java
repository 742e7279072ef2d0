package io.orchestrator.core.registry.policy;

import io.orchestrator.api.model.admissionregistration.AuditAnnotation;
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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A policy whose expressions are compiled. Immutable. */
final class CompiledPolicy {
    private static final int LONGEST_MESSAGE = 5_120;
    private static final int LONGEST_ANNOTATION = 10_240;

    private final ValidatingAdmissionPolicy policy;
    private final RequestConditions conditions;
    private final Map<String, Expression> variables = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Expression> annotations = new LinkedHashMap<>();

    private record Rule(
            Validation declared,
            Expression condition,
            @Nullable Expression message) {}

    /** What a rule found wrong. @param reason such as {@code Invalid} */
    record Finding(String message, String reason) {}

    /** @throws ExpressionException when one of them does not compile */
    CompiledPolicy(ValidatingAdmissionPolicy policy, PolicyExpressions expressions) {
        this.policy = policy;
        this.conditions = RequestConditions.compiled(policy.spec().matchConditions(), expressions);
        for (Variable variable : policy.spec().variables()) {
            variables.put(variable.name(), expressions.rules().value(variable.expression()));
        }
        for (Validation rule : policy.spec().validations()) {
            String message = rule.messageExpression();
            rules.add(new Rule(
                    rule,
                    expressions.rules().condition(rule.expression()),
                    message.isEmpty() ? null : expressions.messages().text(message)));
        }
        for (AuditAnnotation annotation : policy.spec().auditAnnotations()) {
            annotations.put(annotation.key(), expressions.rules().textOrNull(annotation.valueExpression()));
        }
    }

    ValidatingAdmissionPolicy policy() {
        return policy;
    }

    /** Whether all conditions hold. @throws ExpressionException when one fails, and none is false */
    boolean isMeant(Map<String, Object> request, Budget budget) {
        return conditions.hold(request, budget);
    }

    /**
     * What is wrong with the request.
     *
     * @param strict whether a rule that fails to give an answer counts as broken
     * @param audit told what the policy notes of the request: key and value
     */
    List<Finding> judge(
            Map<String, Object> request,
            Object params,
            boolean strict,
            Budget budget,
            BiConsumer<String, String> audit) {
        Map<String, Object> all = surroundings(request, params, budget);
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
        annotations.forEach((key, value) -> {
            try {
                String text = value.text(all, budget);
                if (text != null) {
                    audit.accept(
                            key, text.length() > LONGEST_ANNOTATION ? text.substring(0, LONGEST_ANNOTATION) : text);
                }
            } catch (ExpressionException e) {
                if (strict) {
                    findings.add(new Finding(
                            "audit annotation '" + key + "' resulted in error: " + e.getMessage(), "Invalid"));
                }
            }
        });
        return findings;
    }

    private Map<String, Object> surroundings(Map<String, Object> request, Object params, Budget budget) {
        Map<String, Object> all = new LinkedHashMap<>(request);
        all.put("params", params);
        all.put("variables", new LazyVariables(variables, all, budget));
        return all;
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
            return said.isEmpty() || said.length() > LONGEST_MESSAGE || said.indexOf('\n') >= 0 ? plain : said;
        } catch (ExpressionException e) {
            // The rule is broken whatever can be said of it.
            return plain;
        }
    }
}
