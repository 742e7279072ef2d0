package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.Taint;
import io.orchestrator.api.model.core.TaintEffect;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.core.placement.Tolerations;
import io.orchestrator.core.schedule.ClusterChange;
import io.orchestrator.core.schedule.FilterPlugin;
import io.orchestrator.core.schedule.NodeView;
import io.orchestrator.core.schedule.PodView;
import io.orchestrator.core.schedule.ScorePlugin;
import io.orchestrator.core.schedule.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Keeps pods off nodes whose taints they do not tolerate, and prefers nodes without taints of the mild kind. */
public final class TaintToleration implements FilterPlugin, ScorePlugin {

    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public boolean concerns(PodView pod) {
        return true;
    }

    @Override
    public Verdict filter(PodView pod, NodeView node) {
        for (Taint taint : node.taints()) {
            if (repels(taint) && !Tolerations.tolerate(pod.spec().tolerations(), taint)) {
                return Verdict.unfit("node(s) had untolerated taint {" + taint.key() + ": " + taint.value() + "}");
            }
        }
        return Verdict.fits();
    }

    private static boolean repels(Taint taint) {
        return taint.effect().equals(TaintEffect.NO_SCHEDULE) || taint.effect().equals(TaintEffect.NO_EXECUTE);
    }

    /** How many mild taints the pod does not tolerate: fewer is better. */
    @Override
    public double score(PodView pod, NodeView node) {
        if (node.taints().isEmpty()) {
            return 0;
        }
        List<Toleration> mild = pod.spec().tolerations().stream()
                .filter(toleration ->
                        toleration.effect().isEmpty() || toleration.effect().equals(TaintEffect.PREFER_NO_SCHEDULE))
                .toList();
        return node.taints().stream()
                .filter(taint -> taint.effect().equals(TaintEffect.PREFER_NO_SCHEDULE))
                .filter(taint -> !Tolerations.tolerate(mild, taint))
                .count();
    }

    @Override
    public void normalize(double[] scores) {
        ScorePlugin.scaleToLeast(scores);
    }

    @Override
    public Set<ClusterChange> retryOn() {
        return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_TAINTS_CHANGED, ClusterChange.POD_CHANGED);
    }
}
