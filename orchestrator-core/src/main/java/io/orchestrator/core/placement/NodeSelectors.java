package io.orchestrator.core.placement;

import io.orchestrator.api.model.core.NodeAffinity;
import io.orchestrator.api.model.core.NodeSelector;
import io.orchestrator.api.model.core.NodeSelectorOperator;
import io.orchestrator.api.model.core.NodeSelectorRequirement;
import io.orchestrator.api.model.core.NodeSelectorTerm;
import io.orchestrator.api.model.core.PodSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the terms of a node selector match a node. */
public final class NodeSelectors {
    private static final String NAME_FIELD = "metadata.name";

    private NodeSelectors() {}

    /** One term must match; no terms match nothing. */
    public static boolean match(List<NodeSelectorTerm> terms, String node, Map<String, String> labels) {
        for (NodeSelectorTerm term : terms) {
            if (matches(term, node, labels)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pod may go to the node by its selector and by what its affinity requires. */
    public static boolean admit(PodSpec pod, String node, Map<String, String> labels) {
        if (!labels.entrySet().containsAll(pod.nodeSelector().entrySet())) {
            return false;
        }
        NodeAffinity affinity = pod.affinity() == null ? null : pod.affinity().nodeAffinity();
        NodeSelector required = affinity == null ? null : affinity.requiredDuringSchedulingIgnoredDuringExecution();
        return required == null || match(required.nodeSelectorTerms(), node, labels);
    }

    /** All requirements must hold; a term without any matches nothing. */
    public static boolean matches(NodeSelectorTerm term, String node, Map<String, String> labels) {
        if (term.matchExpressions().isEmpty() && term.matchFields().isEmpty()) {
            return false;
        }
        for (NodeSelectorRequirement requirement : term.matchExpressions()) {
            if (!holds(requirement, labels)) {
                return false;
            }
        }
        for (NodeSelectorRequirement requirement : term.matchFields()) {
            if (!holds(requirement, Map.of(NAME_FIELD, node))) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(NodeSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.key());
        List<String> values = requirement.values();
        return switch (requirement.operator()) {
            case NodeSelectorOperator.IN -> value != null && values.contains(value);
            case NodeSelectorOperator.NOT_IN -> value == null || !values.contains(value);
            case NodeSelectorOperator.EXISTS -> value != null;
            case NodeSelectorOperator.DOES_NOT_EXIST -> value == null;
            case NodeSelectorOperator.GT -> bothNumbers(value, values) && number(value) > number(values.get(0));
            case NodeSelectorOperator.LT -> bothNumbers(value, values) && number(value) < number(values.get(0));
            default -> false;
        };
    }

    private static boolean bothNumbers(@Nullable String value, List<String> values) {
        return values.size() == 1 && isNumber(value) && isNumber(values.get(0));
    }

    private static boolean isNumber(@Nullable String text) {
        if (text == null) {
            return false;
        }
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            // A label that is no number is no match; Kubernetes treats it the same.
            return false;
        }
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }
}
