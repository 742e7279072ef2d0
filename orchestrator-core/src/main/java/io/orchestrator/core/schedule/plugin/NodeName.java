package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.ClusterChange;
import io.orchestrator.core.schedule.FilterPlugin;
import io.orchestrator.core.schedule.NodeView;
import io.orchestrator.core.schedule.PodView;
import io.orchestrator.core.schedule.Verdict;
import java.util.EnumSet;
import java.util.Set;

/** A pod that names its node goes nowhere else. */
public final class NodeName implements FilterPlugin {
    private static final Verdict OTHER = Verdict.unfit("node(s) didn't match the requested node name");

    @Override
    public String name() {
        return "NodeName";
    }

    @Override
    public boolean concerns(PodView pod) {
        return !pod.spec().nodeName().isEmpty();
    }

    @Override
    public Verdict filter(PodView pod, NodeView node) {
        return pod.spec().nodeName().equals(node.name()) ? Verdict.fits() : OTHER;
    }

    @Override
    public Set<ClusterChange> retryOn() {
        return EnumSet.of(ClusterChange.NODE_ADDED);
    }
}
