package io.orchestrator.core.control.nodelifecycle;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeCondition;
import io.orchestrator.api.model.core.NodeConditionBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a node's conditions say, and what they must say once it is silent. Pure. */
enum NodeHealth {
    HEALTHY,
    /** It says itself that it is not ready. */
    NOT_READY,
    /** It says nothing any more. */
    UNREACHABLE;

    static final String READY = "Ready";
    private static final List<String> JUDGED = List.of(READY, "MemoryPressure", "DiskPressure", "PIDPressure");

    static NodeHealth of(Node node) {
        String ready = condition(node, READY).map(NodeCondition::status).orElse("Unknown");
        return switch (ready) {
            case "True" -> HEALTHY;
            case "False" -> NOT_READY;
            default -> UNREACHABLE;
        };
    }

    static Optional<NodeCondition> condition(Node node, String type) {
        return node.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** The node with all that it used to report set to Unknown; equal to the given one where that is so already. */
    static Node silenced(Node node, Clock clock) {
        Time now = Time.of(clock.instant());
        List<NodeCondition> conditions = new ArrayList<>(node.status().conditions());
        for (String type : JUDGED) {
            int at = indexOf(conditions, type);
            if (at < 0) {
                conditions.add(NodeConditionBuilder.builder()
                        .type(type)
                        .status("Unknown")
                        .reason("NodeStatusNeverUpdated")
                        .message("Kubelet never posted node status.")
                        .lastHeartbeatTime(node.metadata().creationTimestamp())
                        .lastTransitionTime(now)
                        .build());
            } else if (!conditions.get(at).status().equals("Unknown")) {
                conditions.set(
                        at,
                        conditions
                                .get(at)
                                .with(change -> change.status("Unknown")
                                        .reason("NodeStatusUnknown")
                                        .message("Kubelet stopped posting node status.")
                                        .lastTransitionTime(now)));
            }
        }
        return node.withStatus(node.status().withConditions(conditions));
    }

    private static int indexOf(List<NodeCondition> conditions, String type) {
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).type().equals(type)) {
                return i;
            }
        }
        return -1;
    }
}
