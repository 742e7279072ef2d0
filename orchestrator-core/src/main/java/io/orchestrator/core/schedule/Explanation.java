package io.orchestrator.core.schedule;

import io.orchestrator.api.control.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a pod went where it went, or nowhere.
 *
 * @param node the node that was chosen
 * @param message in the words of the event about the pod
 * @param nodes what was found on each node that was looked at, in the order of the snapshot
 */
public record Explanation(ObjectKey pod, Optional<String> node, String message, List<OnNode> nodes) {
    public Explanation {
        nodes = List.copyOf(nodes);
    }

    /**
     * What was found on one node.
     *
     * @param refusedBy the plugin that refused it, or empty where the pod fits
     * @param reasons why
     * @param scores what each plugin added to the node's total, by the plugins' names, its weight worked in
     */
    public record OnNode(String node, String refusedBy, List<String> reasons, Map<String, Double> scores) {
        public OnNode {
            reasons = List.copyOf(reasons);
            scores = Map.copyOf(scores);
        }

        public boolean fits() {
            return refusedBy.isEmpty();
        }

        /** The highest total among the nodes that fit is chosen; where several have it, one of these. */
        public double total() {
            return scores.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** What was found on this node; empty where it was not looked at, since enough others fit. */
    public Optional<OnNode> on(String name) {
        return nodes.stream().filter(each -> each.node().equals(name)).findFirst();
    }
}
