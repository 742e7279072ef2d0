package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.EnumSet;
import java.util.Set;

/** A pod that names its node goes nowhere else. */
public final class NodeName implements FilterPlugin {
    private static final Verdict OTHER = Verdict.unresolvable("node(s) didn't match the requested node name");

    @Override
    public String name() {
        return "NodeName";
    }

    @Override
    public boolean concerns(PodView pod) {
        return !pod.spec().nodeName().isEmpty();
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        return fits(cycle.pod(), node) ? Verdict.fits() : OTHER;
    }

    @Override
    public boolean filtersByNodeAlone() {
        return true;
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(ChangeKind.NODE_ADDED);
    }

    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        return change.nodeNow().filter(node -> fits(pod, node)).isPresent();
    }

    private static boolean fits(PodView pod, NodeView node) {
        return pod.spec().nodeName().equals(node.name());
    }
}
