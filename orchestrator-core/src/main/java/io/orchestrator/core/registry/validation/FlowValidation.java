package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.flowcontrol.FlowDistinguisherMethod;
import io.orchestrator.api.model.flowcontrol.FlowSchema;
import io.orchestrator.api.model.flowcontrol.FlowSchemaSpec;
import io.orchestrator.api.model.flowcontrol.LimitResponse;
import io.orchestrator.api.model.flowcontrol.LimitedPriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.NonResourcePolicyRule;
import io.orchestrator.api.model.flowcontrol.PolicyRulesWithSubjects;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfiguration;
import io.orchestrator.api.model.flowcontrol.PriorityLevelConfigurationSpec;
import io.orchestrator.api.model.flowcontrol.QueuingConfiguration;
import io.orchestrator.api.model.flowcontrol.ResourcePolicyRule;
import io.orchestrator.api.model.flowcontrol.Subject;
import java.util.List;

/** Flow schemas and levels of priority. */
public final class FlowValidation {
    private static final int MOST_PRECEDENCE = 10_000;
    private static final int MOST_QUEUES = 10_000_000;

    private FlowValidation() {}

    public static void schema(FlowSchema schema, Violations violations) {
        FlowSchemaSpec spec = schema.spec();
        Path at = Path.of("spec");
        boolean exempt = schema.metadata().name().equals("exempt");
        if (spec.matchingPrecedence() < 1 || spec.matchingPrecedence() > MOST_PRECEDENCE) {
            violations.invalid(
                    at.child("matchingPrecedence"),
                    spec.matchingPrecedence(),
                    "must be a value between 1 and " + MOST_PRECEDENCE + ", inclusive");
        } else if (spec.matchingPrecedence() == 1 && !exempt) {
            violations.invalid(
                    at.child("matchingPrecedence"),
                    spec.matchingPrecedence(),
                    "only the schema named 'exempt' may have matchingPrecedence 1");
        }
        if (spec.priorityLevelConfiguration().name().isEmpty()) {
            violations.required(
                    at.child("priorityLevelConfiguration").child("name"), "must reference a priority level");
        }
        FlowDistinguisherMethod method = spec.distinguisherMethod();
        if (method != null && !List.of("ByUser", "ByNamespace").contains(method.type())) {
            violations.notSupported(
                    at.child("distinguisherMethod").child("type"), method.type(), List.of("ByNamespace", "ByUser"));
        }
        for (int i = 0; i < spec.rules().size(); i++) {
            rule(spec.rules().get(i), at.child("rules").index(i), violations);
        }
    }

    private static void rule(PolicyRulesWithSubjects rule, Path at, Violations violations) {
        if (rule.subjects().isEmpty()) {
            violations.required(at.child("subjects"), "subjects must contain at least one value");
        }
        for (int i = 0; i < rule.subjects().size(); i++) {
            subject(rule.subjects().get(i), at.child("subjects").index(i), violations);
        }
        if (rule.resourceRules().isEmpty() && rule.nonResourceRules().isEmpty()) {
            violations.required(at, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        for (int i = 0; i < rule.resourceRules().size(); i++) {
            ResourcePolicyRule each = rule.resourceRules().get(i);
            Path here = at.child("resourceRules").index(i);
            someOf(each.verbs(), here.child("verbs"), violations);
            someOf(each.apiGroups(), here.child("apiGroups"), violations);
            someOf(each.resources(), here.child("resources"), violations);
            if (each.namespaces().isEmpty() && !each.clusterScope()) {
                violations.required(
                        here.child("namespaces"),
                        "resource rules that are not cluster scoped must supply at least one namespace");
            }
        }
        for (int i = 0; i < rule.nonResourceRules().size(); i++) {
            NonResourcePolicyRule each = rule.nonResourceRules().get(i);
            Path here = at.child("nonResourceRules").index(i);
            someOf(each.verbs(), here.child("verbs"), violations);
            someOf(each.nonResourceURLs(), here.child("nonResourceURLs"), violations);
            for (int j = 0; j < each.nonResourceURLs().size(); j++) {
                String url = each.nonResourceURLs().get(j);
                if (!url.equals("*") && !url.startsWith("/")) {
                    violations.invalid(here.child("nonResourceURLs").index(j), url, "must start with slash");
                }
            }
        }
    }

    private static void someOf(List<String> values, Path at, Violations violations) {
        if (values.isEmpty()) {
            violations.required(at, "must contain at least one value");
        } else if (values.contains("*") && values.size() > 1) {
            violations.invalid(at, String.join(",", values), "if '*' is present, must not specify other values");
        }
    }

    private static void subject(Subject subject, Path at, Violations violations) {
        switch (subject.kind()) {
            case "User" -> present(subject.user(), at.child("user"), violations);
            case "Group" -> present(subject.group(), at.child("group"), violations);
            case "ServiceAccount" -> present(subject.serviceAccount(), at.child("serviceAccount"), violations);
            default ->
                violations.notSupported(at.child("kind"), subject.kind(), List.of("Group", "ServiceAccount", "User"));
        }
    }

    private static void present(@org.jspecify.annotations.Nullable Object part, Path at, Violations violations) {
        if (part == null) {
            violations.required(at, "is required for this kind of subject");
        }
    }

    public static void level(PriorityLevelConfiguration level, Violations violations) {
        PriorityLevelConfigurationSpec spec = level.spec();
        Path at = Path.of("spec");
        boolean mayBeExempt = level.metadata().name().equals("exempt");
        switch (spec.type()) {
            case "Exempt" -> {
                if (!mayBeExempt) {
                    violations.invalid(at.child("type"), spec.type(), "must be 'Exempt' only for the level 'exempt'");
                }
                if (spec.limited() != null) {
                    violations.forbidden(at.child("limited"), "must be nil if the type is not Limited");
                }
            }
            case "Limited" -> {
                if (spec.exempt() != null) {
                    violations.forbidden(at.child("exempt"), "must be nil if the type is Limited");
                }
                LimitedPriorityLevelConfiguration limited = spec.limited();
                if (limited == null) {
                    violations.required(at.child("limited"), "must not be empty when type is Limited");
                } else {
                    limited(limited, at.child("limited"), violations);
                }
            }
            default -> violations.notSupported(at.child("type"), spec.type(), List.of("Exempt", "Limited"));
        }
    }

    private static void limited(LimitedPriorityLevelConfiguration limited, Path at, Violations violations) {
        Integer shares = limited.nominalConcurrencyShares();
        if (shares != null && shares < 0) {
            violations.invalid(at.child("nominalConcurrencyShares"), shares, "must be a non-negative integer");
        }
        Integer lendable = limited.lendablePercent();
        if (lendable != null && (lendable < 0 || lendable > 100)) {
            violations.invalid(at.child("lendablePercent"), lendable, "must be between 0 and 100, inclusive");
        }
        Integer borrowing = limited.borrowingLimitPercent();
        if (borrowing != null && borrowing < 0) {
            violations.invalid(at.child("borrowingLimitPercent"), borrowing, "if specified, must be non-negative");
        }
        LimitResponse response = limited.limitResponse();
        Path here = at.child("limitResponse");
        QueuingConfiguration queuing = response.queuing();
        switch (response.type()) {
            case "Reject" -> {
                if (queuing != null) {
                    violations.forbidden(
                            here.child("queuing"), "must be nil if limited.limitResponse.type is not Queue");
                }
            }
            case "Queue" -> {
                if (queuing == null) {
                    violations.required(here.child("queuing"), "must not be empty if limitResponse.type is Queue");
                } else {
                    queuing(queuing, here.child("queuing"), violations);
                }
            }
            default -> violations.notSupported(here.child("type"), response.type(), List.of("Queue", "Reject"));
        }
    }

    private static void queuing(QueuingConfiguration queuing, Path at, Violations violations) {
        if (queuing.queues() < 1 || queuing.queues() > MOST_QUEUES) {
            violations.invalid(at.child("queues"), queuing.queues(), "must be between 1 and " + MOST_QUEUES);
        }
        if (queuing.handSize() < 1 || queuing.handSize() > queuing.queues()) {
            violations.invalid(
                    at.child("handSize"),
                    queuing.handSize(),
                    "must be positive and not larger than queues (" + queuing.queues() + ")");
        }
        if (queuing.queueLengthLimit() < 1) {
            violations.invalid(at.child("queueLengthLimit"), queuing.queueLengthLimit(), "must be positive");
        }
    }
}
