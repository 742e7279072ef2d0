package io.orchestrator.core.registry.policy;

import io.orchestrator.api.model.admissionregistration.AuditAnnotation;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.Validation;
import io.orchestrator.api.model.admissionregistration.Variable;
import io.orchestrator.core.cel.Budget;
import io.orchestrator.core.cel.Expression;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.cel.OutOfBudgetException;
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
    private final Map<String, Note> annotations = new LinkedHashMap<>();

    private record Rule(
            Validation declared,
            Expression condition,
            @Nullable Expression message) {}

    private record Note(String text, Expression expression) {}

    /**
     * What a rule found wrong.
     *
     * @param reason such as {@code Invalid}
     * @param always whether it is a refusal whatever the binding says
     */
    record Finding(String message, String reason, boolean always) {
        /** An expression gave no answer. */
        static Finding ofError(String message) {
            return new Finding(message, "Invalid", false);
        }
    }

    /** @throws ExpressionException when one of them does not compile */
    CompiledPolicy(ValidatingAdmissionPolicy policy, PolicyExpressions expressions) {
        this.policy = policy;
        this.conditions = RequestConditions.compiled(policy.spec().matchConditions(), expressions::policyConditions);
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
            String text = annotation.valueExpression();
            annotations.put(annotation.key(), new Note(text, expressions.rules().textOrNull(text)));
        }
    }

    ValidatingAdmissionPolicy policy() {
        return policy;
    }

    /** Whether all conditions hold with these parameters. @throws ExpressionException when one fails, and none is false */
    boolean isMeant(Map<String, Object> request, Object params) {
        if (conditions.isEmpty()) {
            return true;
        }
        Map<String, Object> all = new LinkedHashMap<>(request);
        all.put("params", params);
        return conditions.hold(all, Budget.ofConditions());
    }

    /**
     * What is wrong with the request.
     *
     * @param strict whether a rule that fails to give an answer counts as broken
     * @param audit told what the policy notes of the request: key and value
     */
    List<Finding> judge(Map<String, Object> request, Object params, boolean strict, BiConsumer<String, String> audit) {
        List<Finding> findings = new ArrayList<>();
        try {
            judge(request, params, strict, findings);
            note(request, params, strict, audit, findings);
        } catch (OutOfBudgetException e) {
            return strict ? List.of(Finding.ofError(e.getMessage())) : List.of();
        }
        return findings;
    }

    private void judge(Map<String, Object> request, Object params, boolean strict, List<Finding> findings) {
        Budget budget = Budget.ofRules();
        Map<String, Object> all = surroundings(request, params, budget);
        List<Rule> broken = new ArrayList<>();
        for (Rule rule : rules) {
            try {
                if (!rule.condition().holds(all, budget)) {
                    broken.add(rule);
                }
            } catch (OutOfBudgetException e) {
                throw e;
            } catch (ExpressionException e) {
                if (strict) {
                    findings.add(Finding.ofError(error(rule.declared().expression(), e)));
                }
            }
        }
        // What is to be said costs too, but only what is left behind all rules.
        for (Rule rule : broken) {
            String reason = rule.declared().reason();
            try {
                findings.add(new Finding(message(rule, all, budget), reason == null ? "Invalid" : reason, false));
            } catch (OutOfBudgetException e) {
                if (strict) {
                    findings.add(Finding.ofError("failed messageExpression: " + e.getMessage()));
                }
            }
        }
    }

    private void note(
            Map<String, Object> request,
            Object params,
            boolean strict,
            BiConsumer<String, String> audit,
            List<Finding> findings) {
        Budget budget = Budget.ofRules();
        Map<String, Object> all = surroundings(request, params, budget);
        annotations.forEach((key, value) -> {
            try {
                String text = value.expression().text(all, budget);
                if (text != null && !text.isBlank()) {
                    String told = text.strip();
                    audit.accept(
                            key, told.length() > LONGEST_ANNOTATION ? told.substring(0, LONGEST_ANNOTATION) : told);
                }
            } catch (OutOfBudgetException e) {
                throw e;
            } catch (ExpressionException e) {
                if (strict) {
                    findings.add(new Finding(error(value.text(), e), "Invalid", true));
                }
            }
        });
    }

    private static String error(String expression, ExpressionException e) {
        return "expression '" + expression + "' resulted in error: " + e.getMessage();
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
                : declared.message().strip();
        if (rule.message() == null) {
            return plain;
        }
        try {
            String said = ((String) rule.message().evaluate(variables, budget)).strip();
            return said.isEmpty() || said.length() > LONGEST_MESSAGE || said.indexOf('\n') >= 0 ? plain : said;
        } catch (OutOfBudgetException e) {
            throw e;
        } catch (ExpressionException e) {
            // The rule is broken whatever can be said of it.
            return plain;
        }
    }
}
