package io.orchestrator.core.registry.policy;

import io.orchestrator.api.model.admissionregistration.MatchCondition;
import io.orchestrator.api.model.admissionregistration.MutatingWebhook;
import io.orchestrator.api.model.admissionregistration.MutatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicy;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicySpec;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhook;
import io.orchestrator.api.model.admissionregistration.ValidatingWebhookConfiguration;
import io.orchestrator.api.model.admissionregistration.Validation;
import io.orchestrator.api.model.admissionregistration.Variable;
import io.orchestrator.core.cel.ExpressionChecker;
import io.orchestrator.core.cel.ExpressionCompiler;
import io.orchestrator.core.cel.ExpressionException;
import io.orchestrator.core.registry.validation.Path;
import io.orchestrator.core.registry.validation.Violations;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Whether the expressions of policies and webhooks can be evaluated: one that cannot is refused when it is written. Pure functions. */
public final class PolicyValidation {
    private static final List<String> REASONS =
            List.of("Unauthorized", "Forbidden", "Invalid", "RequestEntityTooLarge");

    private PolicyValidation() {}

    public static void check(ValidatingAdmissionPolicy policy, Violations violations) {
        ValidatingAdmissionPolicySpec spec = policy.spec();
        Path path = Path.of("spec");
        if (spec.validations().isEmpty() && spec.auditAnnotations().isEmpty()) {
            violations.required(
                    path.child("validations"), "validations or auditAnnotations must contain at least one item");
        }
        if (spec.matchConstraints() == null
                || spec.matchConstraints().resourceRules().isEmpty()) {
            violations.required(path.child("matchConstraints").child("resourceRules"));
        }
        PolicyExpressions expressions = new PolicyExpressions();
        PolicyTypes types =
                new PolicyTypes(spec.paramKind() != null, !spec.variables().isEmpty());
        conditions(
                spec.matchConditions(),
                path.child("matchConditions"),
                spec.paramKind() != null,
                expressions::policyConditions,
                violations);
        for (int i = 0; i < spec.variables().size(); i++) {
            Variable variable = spec.variables().get(i);
            ExpressionChecker before = types.rules();
            compiles(variable.expression(), path.child("variables").index(i).child("expression"), violations, text -> {
                before.check(text);
                expressions.rules().value(text);
            });
            types.declare(variable.name(), variable.expression());
        }
        ExpressionChecker ofRules = types.rules();
        ExpressionChecker ofMessages = types.messages();
        for (int i = 0; i < spec.validations().size(); i++) {
            Validation rule = spec.validations().get(i);
            Path place = path.child("validations").index(i);
            compiles(rule.expression(), place.child("expression"), violations, text -> {
                PolicyTypes.require("bool", text, ofRules);
                expressions.rules().condition(text);
            });
            if (!rule.messageExpression().isEmpty()) {
                compiles(rule.messageExpression(), place.child("messageExpression"), violations, text -> {
                    PolicyTypes.require("string", text, ofMessages);
                    expressions.messages().text(text);
                });
            }
            if (rule.reason() != null && !REASONS.contains(rule.reason())) {
                violations.notSupported(place.child("reason"), rule.reason(), REASONS);
            }
        }
        for (int i = 0; i < spec.auditAnnotations().size(); i++) {
            Path place = path.child("auditAnnotations").index(i).child("valueExpression");
            compiles(spec.auditAnnotations().get(i).valueExpression(), place, violations, text -> {
                ofRules.check(text);
                expressions.rules().textOrNull(text);
            });
        }
    }

    /** The match conditions of mutating webhooks. */
    public static void mutating(MutatingWebhookConfiguration configuration, Violations violations) {
        conditions(
                configuration.webhooks().stream()
                        .map(MutatingWebhook::matchConditions)
                        .toList(),
                violations);
    }

    /** The match conditions of validating webhooks. */
    public static void validating(ValidatingWebhookConfiguration configuration, Violations violations) {
        conditions(
                configuration.webhooks().stream()
                        .map(ValidatingWebhook::matchConditions)
                        .toList(),
                violations);
    }

    private static void conditions(List<List<MatchCondition>> webhooks, Violations violations) {
        PolicyExpressions expressions = new PolicyExpressions();
        for (int i = 0; i < webhooks.size(); i++) {
            Path path = Path.of("webhooks").index(i).child("matchConditions");
            conditions(webhooks.get(i), path, false, expressions::conditions, violations);
        }
    }

    private static void conditions(
            List<MatchCondition> conditions,
            Path path,
            boolean parameters,
            Supplier<ExpressionCompiler> compiler,
            Violations violations) {
        if (conditions.isEmpty()) {
            return;
        }
        ExpressionChecker types = PolicyTypes.conditions(parameters);
        for (int i = 0; i < conditions.size(); i++) {
            compiles(conditions.get(i).expression(), path.index(i).child("expression"), violations, text -> {
                PolicyTypes.require("bool", text, types);
                compiler.get().condition(text);
            });
        }
    }

    private static void compiles(String text, Path path, Violations violations, Consumer<String> compiler) {
        if (text.isBlank()) {
            violations.required(path);
            return;
        }
        try {
            compiler.accept(text);
        } catch (ExpressionException e) {
            violations.invalid(path, text, e.getMessage());
        }
    }
}
