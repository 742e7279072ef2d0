package io.orchestrator.core.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is to be done about one pod. */
public sealed interface Plan {

    /** Put it there. @param examined how many nodes were looked at, so that the next pod begins with others */
    record Place(String node, int examined) implements Plan {}

    /**
     * It fits nowhere.
     *
     * @param nodes how many nodes there are
     * @param reasons how many nodes refused it for each reason
     * @param rejectedBy the plugins that refused it somewhere
     */
    record Nowhere(int nodes, Map<String, Integer> reasons, Set<FilterPlugin> rejectedBy) implements Plan {
        public Nowhere {
            reasons = Map.copyOf(reasons);
            rejectedBy = Set.copyOf(rejectedBy);
        }

        /** In the words of Kubernetes: {@code 0/3 nodes are available: 1 Insufficient cpu, 2 Too many pods.} */
        public String message() {
            if (nodes == 0) {
                return "no nodes available to schedule pods";
            }
            List<String> counted = new ArrayList<>();
            reasons.forEach((reason, count) -> counted.add(count + " " + reason));
            Collections.sort(counted);
            return "0/" + nodes + " nodes are available: " + String.join(", ", counted) + ".";
        }
    }
}
