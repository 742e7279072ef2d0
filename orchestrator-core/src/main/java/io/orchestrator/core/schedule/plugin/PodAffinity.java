package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.CycleKey;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodQuery;
import io.orchestrator.core.schedule.framework.PodRules;
import io.orchestrator.core.schedule.framework.PodTerm;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreFilter;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.PreScorePlugin;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps a pod near to the pods that it needs, away from those that it must not meet, and from those that must not meet it; and
 * draws it to where it, and those already there, wish it to be.
 */
public final class PodAffinity implements PreFilterPlugin, FilterPlugin, PreScorePlugin, ScorePlugin {
    private static final Verdict NOT_NEAR = Verdict.unresolvable("node(s) didn't match pod affinity rules");
    private static final Verdict NOT_FAR = Verdict.unfit("node(s) didn't match pod anti-affinity rules");
    private static final Verdict NOT_WANTED = Verdict.unfit("node(s) didn't satisfy existing pods anti-affinity rules");
    private static final CycleKey<Neighbourhood> NEIGHBOURHOOD = CycleKey.named("InterPodAffinity");
    private static final CycleKey<PodAttraction> ATTRACTION = CycleKey.named("InterPodAffinity wishes");

    private final int hardWeight;

    public PodAffinity() {
        this(1);
    }

    /** @param hardWeight how much the required affinity of a pod that is there draws pods that it is about, 0 to 100 */
    public PodAffinity(int hardWeight) {
        if (hardWeight < 0 || hardWeight > 100) {
            throw new IllegalArgumentException("not a weight: " + hardWeight);
        }
        this.hardWeight = hardWeight;
    }

    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public Set<ResourceType<?>> reads() {
        return Set.of(Namespace.TYPE);
    }

    @Override
    public Collection<PodQuery> counts(PodView pod, KnownObjects objects) {
        PodRules rules = pod.rules();
        if (rules.indifferent()) {
            return List.of();
        }
        List<PodQuery> queries = new ArrayList<>();
        if (!rules.near().isEmpty()) {
            queries.add(Neighbourhood.together(rules.near(), objects));
        }
        rules.far().forEach(term -> queries.add(Neighbourhood.one(term, objects)));
        rules.preferences().forEach(wish -> queries.add(Neighbourhood.one(wish.term(), objects)));
        return queries;
    }

    @Override
    public PreFilter preFilter(Cycle cycle) {
        Neighbourhood neighbourhood = Neighbourhood.of(cycle);
        if (neighbourhood.isIndifferent()) {
            return PreFilter.skip();
        }
        cycle.put(NEIGHBOURHOOD, neighbourhood);
        return PreFilter.proceed();
    }

    @Override
    public void podAdded(Cycle cycle, PodView pod, NodeView node) {
        cycle.get(NEIGHBOURHOOD).changed(pod, node, 1);
    }

    @Override
    public void podRemoved(Cycle cycle, PodView pod, NodeView node) {
        cycle.get(NEIGHBOURHOOD).changed(pod, node, -1);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        Neighbourhood neighbourhood = cycle.get(NEIGHBOURHOOD);
        if (!neighbourhood.hasAllNear(node)) {
            return NOT_NEAR;
        }
        if (neighbourhood.meetsUnwanted(node)) {
            return NOT_FAR;
        }
        return neighbourhood.isUnwanted(node) ? NOT_WANTED : Verdict.fits();
    }

    @Override
    public boolean preScore(Cycle cycle, List<NodeView> feasible) {
        PodAttraction attraction = PodAttraction.of(cycle, hardWeight);
        cycle.put(ATTRACTION, attraction);
        return !attraction.isEmpty();
    }

    @Override
    public double score(Cycle cycle, NodeView node) {
        return cycle.get(ATTRACTION).at(node);
    }

    /** Wishes against count below zero, so the least becomes 0 and the greatest 100. */
    @Override
    public void normalize(Cycle cycle, List<NodeView> nodes, double[] scores) {
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        for (double score : scores) {
            least = Math.min(least, score);
            most = Math.max(most, score);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = most > least ? BEST * (scores[i] - least) / (most - least) : 0;
        }
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(
                ChangeKind.NODE_ADDED,
                ChangeKind.NODE_LABELS_CHANGED,
                ChangeKind.POD_PLACED,
                ChangeKind.POD_GONE,
                ChangeKind.PLACED_POD_CHANGED,
                ChangeKind.OBJECT_CHANGED);
    }

    /** A pod that came may be the one that is needed; one that went may be the one that was in the way. */
    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        if (change instanceof ClusterChange.PodPlaced placed) {
            return isAboutOne(pod.rules().near(), placed.pod());
        }
        if (change instanceof ClusterChange.PodGone gone) {
            return isAboutOne(pod.rules().far(), gone.pod())
                    || isAboutOne(gone.pod().rules().far(), pod);
        }
        if (change instanceof ClusterChange.PlacedPodChanged changed) {
            return (isAboutOne(pod.rules().near(), changed.after())
                            && !isAboutOne(pod.rules().near(), changed.before()))
                    || (isAboutOne(pod.rules().far(), changed.before())
                            && !isAboutOne(pod.rules().far(), changed.after()));
        }
        return true;
    }

    /** Namespaces chosen by labels are taken to match, since it is only about trying again. */
    private static boolean isAboutOne(List<PodTerm> terms, PodView other) {
        for (PodTerm term : terms) {
            boolean reaches = term.inNamespaces() != null || term.namespaces().contains(other.namespace());
            if (reaches && term.pods().matches(other.pod().metadata().labels())) {
                return true;
            }
        }
        return false;
    }
}
