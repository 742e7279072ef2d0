package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.HostPort;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Verdict;
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
    public Verdict filter(Cycle cycle, NodeView node) {
        return fits(cycle.pod(), node) ? Verdict.fits() : TAKEN;
    }

    @Override
    public boolean filtersByNodeAlone() {
        return true;
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(ChangeKind.NODE_ADDED, ChangeKind.POD_GONE);
    }

    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        return change.nodeNow().filter(node -> fits(pod, node)).isPresent();
    }

    private static boolean fits(PodView pod, NodeView node) {
        for (HostPort wanted : pod.hostPorts()) {
            for (HostPort taken : node.hostPorts()) {
                if (wanted.conflictsWith(taken)) {
                    return false;
                }
            }
        }
        return true;
    }
}
