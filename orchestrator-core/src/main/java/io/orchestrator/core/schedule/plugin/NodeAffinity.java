package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.NodeSelectorTerm;
import io.orchestrator.api.model.core.PreferredSchedulingTerm;
import io.orchestrator.core.placement.NodeSelectors;
import io.orchestrator.core.schedule.ClusterChange;
import io.orchestrator.core.schedule.FilterPlugin;
import io.orchestrator.core.schedule.NodeView;
import io.orchestrator.core.schedule.PodView;
import io.orchestrator.core.schedule.ScorePlugin;
import io.orchestrator.core.schedule.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a pod to the nodes that its selector and its required affinity name, and draws it to those that it prefers. */
public final class NodeAffinity implements FilterPlugin, ScorePlugin {
    private static final Verdict ELSEWHERE = Verdict.unfit("node(s) didn't match Pod's node affinity/selector");

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public boolean concerns(PodView pod) {
        return !pod.spec().nodeSelector().isEmpty() || affinity(pod) != null;
    }

    @Override
    public Verdict filter(PodView pod, NodeView node) {
        return NodeSelectors.admit(pod.spec(), node.name(), node.labels()) ? Verdict.fits() : ELSEWHERE;
    }

    /** The sum of the weights of the preferences that the node meets. An empty preference is met by every node. */
    @Override
    public double score(PodView pod, NodeView node) {
        io.orchestrator.api.model.core.NodeAffinity affinity = affinity(pod);
        List<PreferredSchedulingTerm> preferred =
                affinity == null ? List.of() : affinity.preferredDuringSchedulingIgnoredDuringExecution();
        double sum = 0;
        for (PreferredSchedulingTerm term : preferred) {
            if (isEmpty(term.preference()) || NodeSelectors.matches(term.preference(), node.name(), node.labels())) {
                sum += term.weight();
            }
        }
        return sum;
    }

    @Override
    public void normalize(double[] scores) {
        ScorePlugin.scaleToBest(scores);
    }

    @Override
    public Set<ClusterChange> retryOn() {
        return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS_CHANGED, ClusterChange.POD_CHANGED);
    }

    private static boolean isEmpty(NodeSelectorTerm term) {
        return term.matchExpressions().isEmpty() && term.matchFields().isEmpty();
    }

    private static io.orchestrator.api.model.core.@Nullable NodeAffinity affinity(PodView pod) {
        Affinity affinity = pod.spec().affinity();
        return affinity == null ? null : affinity.nodeAffinity();
    }
}
