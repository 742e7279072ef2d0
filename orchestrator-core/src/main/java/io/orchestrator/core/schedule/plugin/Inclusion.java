package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.SpreadRule;
import io.orchestrator.core.schedule.framework.Topology;
import java.util.List;

/** Which nodes a spread constraint looks at. */
final class Inclusion {
    private Inclusion() {}

    /** Whether it looks at all of them, whatever they are like. */
    static boolean anyNode(PodView pod, SpreadRule rule) {
        return !rule.honorTaints() && !(rule.honorAffinity() && NodeAffinity.isChoosy(pod));
    }

    static boolean counts(PodView pod, SpreadRule rule, NodeView node) {
        return (!rule.honorAffinity() || NodeAffinity.allows(pod, node))
                && (!rule.honorTaints() || TaintToleration.admits(pod, node));
    }

    /** Whether the node has the labels of all constraints. */
    static boolean isInAll(List<Topology> topologies, int node) {
        for (Topology topology : topologies) {
            if (topology.domainOf(node) == Topology.NOWHERE) {
                return false;
            }
        }
        return true;
    }
}
