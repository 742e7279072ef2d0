package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.TopologySpreadConstraint;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.CycleKey;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodMatch;
import io.orchestrator.core.schedule.framework.PodQuery;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreFilter;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.PreScorePlugin;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.SpreadRule;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Spreads like pods over domains: as evenly as hard constraints demand, and as soft ones wish. */
public final class TopologySpread implements PreFilterPlugin, FilterPlugin, PreScorePlugin, ScorePlugin {
    private static final Verdict UNEVEN = Verdict.unfit("node(s) didn't match pod topology spread constraints");
    private static final Verdict UNLABELLED =
            Verdict.unresolvable("node(s) didn't match pod topology spread constraints (missing required label)");
    private static final CycleKey<List<SpreadRule>> RULES = CycleKey.named("PodTopologySpread rules");
    private static final CycleKey<SpreadState> STATE = CycleKey.named("PodTopologySpread");
    private static final CycleKey<SpreadScores> SCORES = CycleKey.named("PodTopologySpread wishes");

    private final SpreadDefaults defaults;
    private final DomainSums sums = new DomainSums();

    /** With the constraints of Kubernetes for pods that have none: softly over nodes and zones. */
    public TopologySpread() {
        this.defaults = SpreadDefaults.ofTheSystem();
    }

    /**
     * @param defaults for pods that have no constraints of their own and belong to a service or a set; their selectors are left
     *     out, since it is those that choose the pods to be counted
     */
    public TopologySpread(List<TopologySpreadConstraint> defaults) {
        this.defaults = SpreadDefaults.ofTheCluster(defaults);
    }

    @Override
    public String name() {
        return "PodTopologySpread";
    }

    @Override
    public Set<ResourceType<?>> reads() {
        return defaults.isEmpty()
                ? Set.of()
                : Set.of(Service.TYPE, ReplicationController.TYPE, ReplicaSet.TYPE, StatefulSet.TYPE);
    }

    @Override
    public Collection<PodQuery> counts(PodView pod, KnownObjects objects) {
        return rules(pod, objects).stream().map(rule -> query(pod, rule)).toList();
    }

    static PodQuery query(PodView pod, SpreadRule rule) {
        return new PodQuery(List.of(PodMatch.in(pod.namespace(), rule.pods())), false);
    }

    private List<SpreadRule> rules(PodView pod, KnownObjects objects) {
        List<SpreadRule> own = pod.rules().spread();
        return own.isEmpty() ? defaults.rules(pod, objects) : own;
    }

    private List<SpreadRule> rules(Cycle cycle, boolean hard) {
        List<SpreadRule> all = cycle.find(RULES);
        if (all == null) {
            all = rules(cycle.pod(), cycle.snapshot().objects());
            cycle.put(RULES, all);
        }
        return all.stream().filter(rule -> rule.hard() == hard).toList();
    }

    @Override
    public PreFilter preFilter(Cycle cycle) {
        List<SpreadRule> hard = rules(cycle, true);
        if (hard.isEmpty()) {
            return PreFilter.skip();
        }
        cycle.put(STATE, SpreadState.of(cycle, hard));
        return PreFilter.proceed();
    }

    @Override
    public void podAdded(Cycle cycle, PodView pod, NodeView node) {
        cycle.get(STATE).changed(pod, node, 1);
    }

    @Override
    public void podRemoved(Cycle cycle, PodView pod, NodeView node) {
        cycle.get(STATE).changed(pod, node, -1);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        return switch (cycle.get(STATE).check(node)) {
            case EVEN -> Verdict.fits();
            case UNEVEN -> UNEVEN;
            case UNLABELLED -> UNLABELLED;
        };
    }

    @Override
    public boolean preScore(Cycle cycle, List<NodeView> feasible) {
        List<SpreadRule> soft = rules(cycle, false);
        if (soft.isEmpty()) {
            return false;
        }
        boolean own = !cycle.pod().rules().spread().isEmpty();
        cycle.put(SCORES, SpreadScores.of(cycle, soft, feasible, own || !defaults.isOfTheSystem(), sums));
        return true;
    }

    @Override
    public double score(Cycle cycle, NodeView node) {
        return cycle.get(SCORES).at(node);
    }

    @Override
    public void scoreAll(Cycle cycle, List<NodeView> nodes, double[] scores) {
        cycle.get(SCORES).atAll(nodes, scores);
    }

    @Override
    public void normalize(Cycle cycle, List<NodeView> nodes, double[] scores) {
        cycle.get(SCORES).normalize(nodes, scores);
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(
                ChangeKind.NODE_ADDED,
                ChangeKind.NODE_REMOVED,
                ChangeKind.NODE_LABELS_CHANGED,
                ChangeKind.NODE_TAINTS_CHANGED,
                ChangeKind.POD_PLACED,
                ChangeKind.POD_GONE,
                ChangeKind.PLACED_POD_CHANGED);
    }

    /** A pod matters that is counted: where it came the least grew, where it went room was made. */
    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        if (change instanceof ClusterChange.PodPlaced placed) {
            return isCounted(pod, placed.pod());
        }
        if (change instanceof ClusterChange.PodGone gone) {
            return isCounted(pod, gone.pod());
        }
        if (change instanceof ClusterChange.PlacedPodChanged changed) {
            return isCounted(pod, changed.before()) != isCounted(pod, changed.after());
        }
        return true;
    }

    /** Without rules of its own a pod has the defaults, of which it is not known here whom they count. */
    private static boolean isCounted(PodView pod, PodView other) {
        List<SpreadRule> own = pod.rules().spread();
        return own.isEmpty() || own.stream().anyMatch(rule -> query(pod, rule).matches(other.pod()));
    }
}
