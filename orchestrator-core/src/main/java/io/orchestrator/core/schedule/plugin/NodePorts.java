package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.ClusterChange;
import io.orchestrator.core.schedule.FilterPlugin;
import io.orchestrator.core.schedule.HostPort;
import io.orchestrator.core.schedule.NodeView;
import io.orchestrator.core.schedule.PodView;
import io.orchestrator.core.schedule.Verdict;
import java.util.EnumSet;
import java.util.Set;

/** The node's ports that the pod takes must be free there. */
public final class NodePorts implements FilterPlugin {
    private static final Verdict TAKEN = Verdict.unfit("node(s) didn't have free ports for the requested pod ports");

    @Override
    public String name() {
        return "NodePorts";
    }

    @Override
    public boolean concerns(PodView pod) {
        return !pod.hostPorts().isEmpty();
    }

    @Override
    public Verdict filter(PodView pod, NodeView node) {
        for (HostPort wanted : pod.hostPorts()) {
            for (HostPort taken : node.hostPorts()) {
                if (wanted.conflictsWith(taken)) {
                    return TAKEN;
                }
            }
        }
        return Verdict.fits();
    }

    @Override
    public Set<ClusterChange> retryOn() {
        return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.POD_GONE);
    }
}
