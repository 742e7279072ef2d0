package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintBuilder;
import io.orchestrator.api.model.core.TaintEffect;
import io.orchestrator.core.placement.Tolerations;
import io.orchestrator.core.schedule.ClusterChange;
import io.orchestrator.core.schedule.FilterPlugin;
import io.orchestrator.core.schedule.NodeView;
import io.orchestrator.core.schedule.PodView;
import io.orchestrator.core.schedule.Verdict;
import java.util.EnumSet;
import java.util.Set;

/** Nothing goes to a cordoned node, unless it tolerates just that. */
public final class NodeUnschedulable implements FilterPlugin {
    private static final Verdict CORDONED = Verdict.unfit("node(s) were unschedulable");
    private static final Taint TAINT = TaintBuilder.builder()
            .key("node.kubernetes.io/unschedulable")
            .effect(TaintEffect.NO_SCHEDULE)
            .build();

    @Override
    public String name() {
        return "NodeUnschedulable";
    }

    @Override
    public Verdict filter(PodView pod, NodeView node) {
        return !node.unschedulable() || Tolerations.tolerate(pod.spec().tolerations(), TAINT)
                ? Verdict.fits()
                : CORDONED;
    }

    @Override
    public Set<ClusterChange> retryOn() {
        return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_TAINTS_CHANGED, ClusterChange.POD_CHANGED);
    }
}
