package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintBuilder;
import io.orchestrator.api.model.core.TaintEffect;
import io.orchestrator.core.placement.Tolerations;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.EnumSet;
import java.util.Set;

/** Nothing goes to a cordoned node, unless it tolerates just that. */
public final class NodeUnschedulable implements FilterPlugin {
    private static final Verdict CORDONED = Verdict.unresolvable("node(s) were unschedulable");
    private static final Taint TAINT = TaintBuilder.builder()
            .key("node.kubernetes.io/unschedulable")
            .effect(TaintEffect.NO_SCHEDULE)
            .build();

    @Override
    public String name() {
        return "NodeUnschedulable";
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        return fits(cycle.pod(), node) ? Verdict.fits() : CORDONED;
    }

    @Override
    public boolean filtersByNodeAlone() {
        return true;
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(ChangeKind.NODE_ADDED, ChangeKind.NODE_TAINTS_CHANGED);
    }

    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        return change.nodeNow().filter(node -> fits(pod, node)).isPresent();
    }

    private static boolean fits(PodView pod, NodeView node) {
        return !node.unschedulable() || Tolerations.tolerate(pod.spec().tolerations(), TAINT);
    }
}
