package io.orchestrator.core.registry.validation;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.NodeAffinity;
import io.orchestrator.api.model.core.NodeSelector;
import io.orchestrator.api.model.core.NodeSelectorRequirement;
import io.orchestrator.api.model.core.NodeSelectorTerm;
import io.orchestrator.api.model.core.PodAffinity;
import io.orchestrator.api.model.core.PodAffinityTerm;
import io.orchestrator.api.model.core.PodAntiAffinity;
import io.orchestrator.api.model.core.PreferredSchedulingTerm;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TopologySpreadConstraint;
import io.orchestrator.api.model.core.WeightedPodAffinityTerm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold of a pod's wishes about nodes. */
final class SchedulingValidation {
    static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");

    private SchedulingValidation() {}

    static void tolerations(List<Toleration> tolerations, Path field, Violations violations) {
        for (int i = 0; i < tolerations.size(); i++) {
            toleration(tolerations.get(i), field.index(i), violations);
        }
    }

    private static void toleration(Toleration toleration, Path field, Violations violations) {
        String operator = toleration.operator();
        if (toleration.key().isEmpty()) {
            if (!operator.equals("Exists")) {
                violations.invalid(
                        field.child("operator"),
                        operator,
                        "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }
        } else {
            violations.invalid(field.child("key"), toleration.key(), Names.qualifiedName(toleration.key()));
        }
        switch (operator) {
            case "", "Equal" ->
                violations.invalid(field.child("operator"), toleration.value(), Names.labelValue(toleration.value()));
            case "Exists" -> {
                if (!toleration.value().isEmpty()) {
                    violations.invalid(
                            field.child("operator"),
                            toleration.value(),
                            "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> violations.notSupported(field.child("operator"), operator, List.of("Equal", "Exists"));
        }
        if (!toleration.effect().isEmpty()) {
            violations.oneOf(field.child("effect"), toleration.effect(), EFFECTS);
        }
        if (toleration.tolerationSeconds() != null && !toleration.effect().equals("NoExecute")) {
            violations.invalid(
                    field.child("effect"),
                    toleration.effect(),
                    "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
    }

    static void affinity(@Nullable Affinity affinity, Path field, Violations violations) {
        if (affinity == null) {
            return;
        }
        NodeAffinity nodes = affinity.nodeAffinity();
        if (nodes != null) {
            nodeAffinity(nodes, field.child("nodeAffinity"), violations);
        }
        PodAffinity together = affinity.podAffinity();
        if (together != null) {
            podTerms(
                    together.requiredDuringSchedulingIgnoredDuringExecution(),
                    together.preferredDuringSchedulingIgnoredDuringExecution(),
                    field.child("podAffinity"),
                    violations);
        }
        PodAntiAffinity apart = affinity.podAntiAffinity();
        if (apart != null) {
            podTerms(
                    apart.requiredDuringSchedulingIgnoredDuringExecution(),
                    apart.preferredDuringSchedulingIgnoredDuringExecution(),
                    field.child("podAntiAffinity"),
                    violations);
        }
    }

    private static void nodeAffinity(NodeAffinity affinity, Path field, Violations violations) {
        NodeSelector required = affinity.requiredDuringSchedulingIgnoredDuringExecution();
        if (required != null) {
            required(required, field.child("requiredDuringSchedulingIgnoredDuringExecution"), violations);
        }
        List<PreferredSchedulingTerm> preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution();
        for (int i = 0; i < preferred.size(); i++) {
            Path at = field.child("preferredDuringSchedulingIgnoredDuringExecution")
                    .index(i);
            weight(preferred.get(i).weight(), at, violations);
            term(preferred.get(i).preference(), at.child("preference"), violations);
        }
    }

    static void required(NodeSelector selector, Path field, Violations violations) {
        Path at = field.child("nodeSelectorTerms");
        if (selector.nodeSelectorTerms().isEmpty()) {
            violations.required(at, "must have at least one node selector term");
        }
        for (int i = 0; i < selector.nodeSelectorTerms().size(); i++) {
            term(selector.nodeSelectorTerms().get(i), at.index(i), violations);
        }
    }

    private static void term(NodeSelectorTerm term, Path field, Violations violations) {
        for (int i = 0; i < term.matchExpressions().size(); i++) {
            NodeSelectorRequirement requirement = term.matchExpressions().get(i);
            Path at = field.child("matchExpressions").index(i);
            int values = requirement.values().size();
            switch (requirement.operator()) {
                case "In", "NotIn" -> {
                    if (values == 0) {
                        violations.required(at.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                    }
                }
                case "Exists", "DoesNotExist" -> {
                    if (values > 0) {
                        violations.forbidden(
                                at.child("values"),
                                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    }
                }
                case "Gt", "Lt" -> {
                    if (values != 1) {
                        violations.required(
                                at.child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
                    }
                }
                default ->
                    violations.invalid(at.child("operator"), requirement.operator(), "not a valid selector operator");
            }
            violations.invalid(at.child("key"), requirement.key(), Names.qualifiedName(requirement.key()));
        }
    }

    private static void podTerms(
            List<PodAffinityTerm> required,
            List<WeightedPodAffinityTerm> preferred,
            Path field,
            Violations violations) {
        for (int i = 0; i < required.size(); i++) {
            Path at = field.child("requiredDuringSchedulingIgnoredDuringExecution")
                    .index(i);
            podTerm(required.get(i), at, violations);
        }
        for (int i = 0; i < preferred.size(); i++) {
            Path at = field.child("preferredDuringSchedulingIgnoredDuringExecution")
                    .index(i);
            weight(preferred.get(i).weight(), at, violations);
            podTerm(preferred.get(i).podAffinityTerm(), at.child("podAffinityTerm"), violations);
        }
    }

    private static void podTerm(PodAffinityTerm term, Path field, Violations violations) {
        SelectorValidation.selector(term.labelSelector(), field.child("labelSelector"), violations);
        SelectorValidation.selector(term.namespaceSelector(), field.child("namespaceSelector"), violations);
        if (term.topologyKey().isEmpty()) {
            violations.required(field.child("topologyKey"), "can not be empty");
        } else {
            violations.invalid(field.child("topologyKey"), term.topologyKey(), Names.qualifiedName(term.topologyKey()));
        }
    }

    private static void weight(int weight, Path field, Violations violations) {
        if (weight < 1 || weight > 100) {
            violations.invalid(field.child("weight"), weight, "must be in the range 1-100");
        }
    }

    static void spread(List<TopologySpreadConstraint> constraints, Path field, Violations violations) {
        for (int i = 0; i < constraints.size(); i++) {
            TopologySpreadConstraint constraint = constraints.get(i);
            Path at = field.index(i);
            if (constraint.maxSkew() <= 0) {
                violations.invalid(at.child("maxSkew"), constraint.maxSkew(), "must be greater than zero");
            }
            if (constraint.topologyKey().isEmpty()) {
                violations.required(at.child("topologyKey"), "can not be empty");
            }
            violations.oneOf(at.child("whenUnsatisfiable"), constraint.whenUnsatisfiable(), UNSATISFIABLE);
            SelectorValidation.selector(constraint.labelSelector(), at.child("labelSelector"), violations);
        }
    }
}
