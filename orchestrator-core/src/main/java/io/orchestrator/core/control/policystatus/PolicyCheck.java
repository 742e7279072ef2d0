package io.orchestrator.core.control.policystatus;

import io.orchestrator.api.meta.GroupVersionKind;
import io.orchestrator.api.model.admissionregistration.ExpressionWarning;
import io.orchestrator.api.model.admissionregistration.MatchResources;
import io.orchestrator.api.model.admissionregistration.NamedRuleWithOperations;
import io.orchestrator.api.model.admissionregistration.ParamKind;
import io.orchestrator.api.model.admissionregistration.ValidatingAdmissionPolicySpec;
import io.orchestrator.api.model.admissionregistration.Validation;
import io.orchestrator.core.cel.ExpressionChecker;
import io.orchestrator.core.cel.ValueShape;
import io.orchestrator.core.cel.ValueType;
import io.orchestrator.core.shape.RequestShapes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the types of the objects that a policy judges say of its expressions. As in Kubernetes the rules and their messages are
 * checked, over variables of the types that those have; rules for any group or version, any resource and subresources are left out.
 * Pure functions.
 */
final class PolicyCheck {
    private static final int MOST_KINDS = 10;
    private static final String ANY = "*";

    private PolicyCheck() {}

    static List<ExpressionWarning> warnings(ValidatingAdmissionPolicySpec spec, KnownKinds kinds) {
        Map<GroupVersionKind, ExpressionChecker> checkers = checkers(spec, kinds);
        List<ExpressionWarning> warnings = new ArrayList<>();
        for (int i = 0; i < spec.validations().size(); i++) {
            Validation rule = spec.validations().get(i);
            String place = "spec.validations[" + i + "].";
            warn(place + "expression", rule.expression(), checkers, warnings);
            if (!rule.messageExpression().isEmpty()) {
                warn(place + "messageExpression", rule.messageExpression(), checkers, warnings);
            }
        }
        return warnings;
    }

    private static void warn(
            String place,
            String expression,
            Map<GroupVersionKind, ExpressionChecker> checkers,
            List<ExpressionWarning> warnings) {
        List<String> issues = new ArrayList<>();
        checkers.forEach((kind, checker) ->
                checker.issues(expression).ifPresent(issue -> issues.add(named(kind) + ": " + issue + "\n")));
        if (!issues.isEmpty()) {
            warnings.add(new ExpressionWarning(place, String.join("\n", issues)));
        }
    }

    /** As Kubernetes prints it: the slash is there without a group, too. */
    private static String named(GroupVersionKind kind) {
        return kind.group() + "/" + kind.version() + ", Kind=" + kind.kind();
    }

    /** By the kinds in the order of their names. */
    private static Map<GroupVersionKind, ExpressionChecker> checkers(
            ValidatingAdmissionPolicySpec spec, KnownKinds kinds) {
        Map<String, ValueShape> known = new HashMap<>();
        known.put("request", RequestShapes.request());
        known.put("namespaceObject", RequestShapes.namespace());
        known.put("authorizer", ValueShape.simple(ValueType.ACCESS, 0, 0));
        known.put("authorizer.requestResource", ValueShape.simple(ValueType.RESOURCE_CHECK, 0, 0));
        ParamKind params = spec.paramKind();
        if (params != null) {
            kinds.shapeOf(GroupVersionKind.of(params.apiVersion(), params.kind()))
                    .ifPresent(shape -> known.put("params", shape));
        }
        Map<String, String> variables = new LinkedHashMap<>();
        spec.variables().forEach(variable -> variables.put(variable.name(), variable.expression()));
        Map<GroupVersionKind, ExpressionChecker> checkers = new LinkedHashMap<>();
        for (GroupVersionKind kind : judged(spec.matchConstraints(), kinds)) {
            kinds.shapeOf(kind).ifPresent(shape -> {
                Map<String, ValueShape> all = new HashMap<>(known);
                all.put("object", shape);
                all.put("oldObject", shape);
                checkers.put(kind, composed(ExpressionChecker.over(all), variables));
            });
        }
        return checkers;
    }

    private static ExpressionChecker composed(ExpressionChecker checker, Map<String, String> variables) {
        ExpressionChecker composed = checker.composing("variables");
        for (Map.Entry<String, String> each : variables.entrySet()) {
            composed = composed.declaring(each.getKey(), each.getValue(), composed);
        }
        return composed;
    }

    private static Collection<GroupVersionKind> judged(@Nullable MatchResources wanted, KnownKinds kinds) {
        TreeSet<GroupVersionKind> found = new TreeSet<>(Comparator.comparing(GroupVersionKind::group)
                .thenComparing(GroupVersionKind::version)
                .thenComparing(GroupVersionKind::kind));
        if (wanted == null) {
            return found;
        }
        for (NamedRuleWithOperations rule : wanted.resourceRules()) {
            if (rule.apiGroups().contains(ANY) || rule.apiVersions().contains(ANY)) {
                continue;
            }
            for (GroupVersionKind kind : ofRule(rule, kinds)) {
                if (found.size() < MOST_KINDS) {
                    found.add(kind);
                }
            }
        }
        return found;
    }

    private static List<GroupVersionKind> ofRule(NamedRuleWithOperations rule, KnownKinds kinds) {
        List<String> resources = rule.resources().stream()
                .filter(resource -> !resource.contains(ANY) && !resource.contains("/"))
                .sorted()
                .toList();
        return rule.apiGroups().stream()
                .sorted()
                .flatMap(group -> rule.apiVersions().stream()
                        .sorted()
                        .flatMap(version -> resources.stream()
                                .flatMap(resource -> kinds.kindOf(group, version, resource).stream())))
                .limit(MOST_KINDS)
                .toList();
    }
}
