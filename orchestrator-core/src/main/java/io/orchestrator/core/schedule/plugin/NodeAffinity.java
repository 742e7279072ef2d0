package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.NodeSelector;
import io.orchestrator.api.model.core.PreferredSchedulingTerm;
import io.orchestrator.core.placement.NodeSelectors;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreFilter;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.PreScorePlugin;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a pod to the nodes that its selector and its required affinity name, and draws it to those that it prefers. */
public final class NodeAffinity implements PreFilterPlugin, FilterPlugin, PreScorePlugin, ScorePlugin {
    private static final Verdict ELSEWHERE = Verdict.unresolvable("node(s) didn't match Pod's node affinity/selector");
    private static final Verdict NOT_HERE =
            Verdict.unresolvable("node(s) didn't match scheduler-enforced node affinity");

    private final io.orchestrator.api.model.core.@Nullable NodeAffinity added;

    public NodeAffinity() {
        this.added = null;
    }

    /** @param added holds for every pod of the profile, beside its own */
    public NodeAffinity(io.orchestrator.api.model.core.NodeAffinity added) {
        this.added = added;
    }

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public PreFilter preFilter(Cycle cycle) {
        io.orchestrator.api.model.core.NodeAffinity own = affinity(cycle.pod());
        NodeSelector required = required(own);
        if (required == null && cycle.pod().spec().nodeSelector().isEmpty() && required(added) == null) {
            return PreFilter.skip();
        }
        Set<String> named = required == null ? null : NodeSelectors.namedBy(required.nodeSelectorTerms());
        return named == null ? PreFilter.proceed() : PreFilter.only(named);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        NodeSelector enforced = required(added);
        if (enforced != null && !NodeSelectors.match(enforced.nodeSelectorTerms(), node.name(), node.labels())) {
            return NOT_HERE;
        }
        return allows(cycle.pod(), node) ? Verdict.fits() : ELSEWHERE;
    }

    @Override
    public boolean filtersByNodeAlone() {
        return true;
    }

    /** Whether the pod's own selector and required affinity allow the node. */
    static boolean allows(PodView pod, NodeView node) {
        return NodeSelectors.admit(pod.spec(), node.name(), node.labels());
    }

    /** Whether the pod's own selector or required affinity rules any node out. */
    static boolean isChoosy(PodView pod) {
        return !pod.spec().nodeSelector().isEmpty() || required(affinity(pod)) != null;
    }

    @Override
    public boolean preScore(Cycle cycle, List<NodeView> feasible) {
        return !preferred(affinity(cycle.pod())).isEmpty() || !preferred(added).isEmpty();
    }

    /** The sum of the weights of the preferences that the node meets. An empty preference is met by every node. */
    @Override
    public double score(Cycle cycle, NodeView node) {
        return sum(preferred(affinity(cycle.pod())), node) + sum(preferred(added), node);
    }

    private static double sum(List<PreferredSchedulingTerm> terms, NodeView node) {
        double sum = 0;
        for (PreferredSchedulingTerm term : terms) {
            if (NodeSelectors.isEmpty(term.preference())
                    || NodeSelectors.matches(term.preference(), node.name(), node.labels())) {
                sum += term.weight();
            }
        }
        return sum;
    }

    @Override
    public void normalize(Cycle cycle, List<NodeView> nodes, double[] scores) {
        ScorePlugin.scaleToBest(scores);
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(ChangeKind.NODE_ADDED, ChangeKind.NODE_LABELS_CHANGED);
    }

    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        return change.nodeNow().filter(node -> allows(pod, node)).isPresent();
    }

    private static io.orchestrator.api.model.core.@Nullable NodeAffinity affinity(PodView pod) {
        Affinity affinity = pod.spec().affinity();
        return affinity == null ? null : affinity.nodeAffinity();
    }

    private static @Nullable NodeSelector required(io.orchestrator.api.model.core.@Nullable NodeAffinity affinity) {
        return affinity == null ? null : affinity.requiredDuringSchedulingIgnoredDuringExecution();
    }

    private static List<PreferredSchedulingTerm> preferred(
            io.orchestrator.api.model.core.@Nullable NodeAffinity affinity) {
        return affinity == null ? List.of() : affinity.preferredDuringSchedulingIgnoredDuringExecution();
    }
}
