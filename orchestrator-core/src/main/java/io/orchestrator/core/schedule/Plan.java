package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.Plugin;
import io.orchestrator.core.schedule.framework.Remedy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is to be done about one pod. */
public sealed interface Plan {

    /**
     * Put it there.
     *
     * @param examined how many nodes were looked at, so that the next pod begins with others
     */
    record Place(String node, int examined) implements Plan {}

    /**
     * It fits nowhere.
     *
     * @param nodes how many nodes there are
     * @param everywhere why no node was looked at, or empty
     * @param reasons how many nodes refused it for each reason
     * @param rejectedBy the plugins that refused it somewhere
     * @param remedy what can be done about it
     */
    record Nowhere(
            int nodes, List<String> everywhere, Map<String, Integer> reasons, Set<Plugin> rejectedBy, Remedy remedy)
            implements Plan {
        public Nowhere {
            everywhere = List.copyOf(everywhere);
            reasons = Map.copyOf(reasons);
            rejectedBy = Set.copyOf(rejectedBy);
        }

        /** In the words of Kubernetes: {@code 0/3 nodes are available: 1 Insufficient cpu, 2 Too many pods.} */
        public String message() {
            if (nodes == 0) {
                return "no nodes available to schedule pods";
            }
            String message = everywhere.isEmpty()
                    ? counted(nodes, reasons)
                    : "0/" + nodes + " nodes are available: " + String.join(", ", everywhere) + ".";
            boolean more = remedy instanceof Remedy.None none && !none.message().isEmpty();
            return more ? message + " " + ((Remedy.None) remedy).message() : message;
        }
    }

    /** So many of so many, and why. */
    static String counted(int nodes, Map<String, Integer> reasons) {
        List<String> counted = new ArrayList<>();
        reasons.forEach((reason, count) -> counted.add(count + " " + reason));
        Collections.sort(counted);
        String all = counted.isEmpty() ? "" : " " + String.join(", ", counted) + ".";
        return "0/" + nodes + " nodes are available:" + all;
    }
}
