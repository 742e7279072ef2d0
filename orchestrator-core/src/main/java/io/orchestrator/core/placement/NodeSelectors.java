package io.orchestrator.core.placement;

import io.orchestrator.api.model.core.NodeAffinity;
import io.orchestrator.api.model.core.NodeSelector;
import io.orchestrator.api.model.core.NodeSelectorOperator;
import io.orchestrator.api.model.core.NodeSelectorRequirement;
import io.orchestrator.api.model.core.NodeSelectorTerm;
import io.orchestrator.api.model.core.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
        if (!have(labels, pod.nodeSelector())) {
            return false;
        }
        NodeAffinity affinity = pod.affinity() == null ? null : pod.affinity().nodeAffinity();
        NodeSelector required = affinity == null ? null : affinity.requiredDuringSchedulingIgnoredDuringExecution();
        return required == null || match(required.nodeSelectorTerms(), node, labels);
    }

    /** Every label must be there with its value. */
    public static boolean have(Map<String, String> labels, Map<String, String> wanted) {
        for (Map.Entry<String, String> label : wanted.entrySet()) {
            if (!label.getValue().equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the term demands nothing. */
    public static boolean isEmpty(NodeSelectorTerm term) {
        return term.matchExpressions().isEmpty() && term.matchFields().isEmpty();
    }

    /** The nodes outside of which none can match, where every term names some; else null. */
    public static @Nullable Set<String> namedBy(List<NodeSelectorTerm> terms) {
        Set<String> all = new TreeSet<>();
        for (NodeSelectorTerm term : terms) {
            Set<String> named = namedBy(term);
            if (named == null) {
                return null;
            }
            all.addAll(named);
        }
        return terms.isEmpty() ? null : all;
    }

    private static @Nullable Set<String> namedBy(NodeSelectorTerm term) {
        Set<String> named = null;
        for (NodeSelectorRequirement requirement : term.matchFields()) {
            if (requirement.key().equals(NAME_FIELD) && requirement.operator().equals(NodeSelectorOperator.IN)) {
                Set<String> values = new TreeSet<>(requirement.values());
                if (named != null) {
                    values.retainAll(named);
                }
                named = values;
            }
        }
        return named;
    }

    /** All requirements must hold; a term without any matches nothing. */
    public static boolean matches(NodeSelectorTerm term, String node, Map<String, String> labels) {
        if (isEmpty(term)) {
            return false;
        }
        for (NodeSelectorRequirement requirement : term.matchExpressions()) {
            if (!holds(requirement, labels)) {
                return false;
            }
        }
        if (!term.matchFields().isEmpty()) {
            Map<String, String> fields = Map.of(NAME_FIELD, node);
            for (NodeSelectorRequirement requirement : term.matchFields()) {
                if (!holds(requirement, fields)) {
                    return false;
                }
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
