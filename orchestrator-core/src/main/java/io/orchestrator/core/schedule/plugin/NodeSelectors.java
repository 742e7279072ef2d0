package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.NodeSelectorOperator;
import io.orchestrator.api.model.core.NodeSelectorRequirement;
import io.orchestrator.api.model.core.NodeSelectorTerm;
import io.orchestrator.core.schedule.NodeView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the terms of a node selector match a node. */
final class NodeSelectors {
    private static final String NAME_FIELD = "metadata.name";

    private NodeSelectors() {}

    /** One term must match; no terms match nothing. */
    static boolean match(List<NodeSelectorTerm> terms, NodeView node) {
        for (NodeSelectorTerm term : terms) {
            if (matches(term, node)) {
                return true;
            }
        }
        return false;
    }

    /** All requirements must hold; a term without any matches nothing. */
    static boolean matches(NodeSelectorTerm term, NodeView node) {
        if (term.matchExpressions().isEmpty() && term.matchFields().isEmpty()) {
            return false;
        }
        for (NodeSelectorRequirement requirement : term.matchExpressions()) {
            if (!holds(requirement, node.labels())) {
                return false;
            }
        }
        for (NodeSelectorRequirement requirement : term.matchFields()) {
            if (!holds(requirement, Map.of(NAME_FIELD, node.name()))) {
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
