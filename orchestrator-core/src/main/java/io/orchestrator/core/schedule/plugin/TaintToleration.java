package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintEffect;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.core.placement.Tolerations;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps pods off nodes whose taints they do not tolerate, and prefers nodes without taints of the mild kind. */
public final class TaintToleration implements FilterPlugin, ScorePlugin {

    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        Taint taint = repelling(cycle.pod(), node);
        return taint == null
                ? Verdict.fits()
                : Verdict.unresolvable("node(s) had untolerated taint {" + taint.key() + ": " + taint.value() + "}");
    }

    @Override
    public boolean filtersByNodeAlone() {
        return true;
    }

    static boolean admits(PodView pod, NodeView node) {
        return repelling(pod, node) == null;
    }

    private static @Nullable Taint repelling(PodView pod, NodeView node) {
        for (Taint taint : node.taints()) {
            if (repels(taint) && !Tolerations.tolerate(pod.spec().tolerations(), taint)) {
                return taint;
            }
        }
        return null;
    }

    private static boolean repels(Taint taint) {
        return taint.effect().equals(TaintEffect.NO_SCHEDULE) || taint.effect().equals(TaintEffect.NO_EXECUTE);
    }

    /** How many mild taints the pod does not tolerate: fewer is better. */
    @Override
    public double score(Cycle cycle, NodeView node) {
        if (node.taints().isEmpty()) {
            return 0;
        }
        List<Toleration> mild = cycle.pod().spec().tolerations().stream()
                .filter(toleration ->
                        toleration.effect().isEmpty() || toleration.effect().equals(TaintEffect.PREFER_NO_SCHEDULE))
                .toList();
        return node.taints().stream()
                .filter(taint -> taint.effect().equals(TaintEffect.PREFER_NO_SCHEDULE))
                .filter(taint -> !Tolerations.tolerate(mild, taint))
                .count();
    }

    @Override
    public boolean scoresByNodeAlone() {
        return true;
    }

    @Override
    public void normalize(Cycle cycle, List<NodeView> nodes, double[] scores) {
        ScorePlugin.scaleToLeast(scores);
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(ChangeKind.NODE_ADDED, ChangeKind.NODE_TAINTS_CHANGED);
    }

    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        return change.nodeNow().filter(node -> admits(pod, node)).isPresent();
    }
}
