package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.Filters;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those filters of a profile that have something to say about one pod. Used within one cycle. */
final class FilterChain implements Filters {
    private final FilterPlugin[] filters;
    private final PreFilterPlugin[] prepared;
    /** So many of the first ones judge by the node alone. */
    private final int byNodeAlone;

    private @Nullable FilterPlugin refuser;

    /** @param prepared those pre-filters that did not skip the pod */
    FilterChain(List<FilterPlugin> filters, List<PreFilterPlugin> prepared) {
        this.filters = filters.toArray(FilterPlugin[]::new);
        this.prepared = prepared.toArray(PreFilterPlugin[]::new);
        int first = 0;
        while (first < this.filters.length && this.filters[first].filtersByNodeAlone()) {
            first++;
        }
        this.byNodeAlone = first;
    }

    /** The first of the filters, which judge by the node alone. */
    List<FilterPlugin> byNodeAlone() {
        return List.of(filters).subList(0, byNodeAlone);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        List<PodView> promised = promised(cycle, node);
        if (!promised.isEmpty()) {
            // It must fit whether they come or not: another may depend on their being there.
            Cycle trial = cycle.fork();
            NodeView filled = node;
            for (PodView pod : promised) {
                filled = add(trial, pod, filled);
            }
            Verdict verdict = run(trial, filled, 0, filters.length);
            if (!(verdict instanceof Verdict.Fits)) {
                return verdict;
            }
        }
        return run(cycle, node, 0, filters.length);
    }

    /**
     * As {@link #filter(Cycle, NodeView)} of the node at this place, where not everything need be asked again. Only where no room
     * is promised to anybody.
     */
    Verdict filter(Cycle cycle, int place, NodeView node, Findings known) {
        Verdict verdict = known.verdict(place, node);
        if (verdict == null) {
            verdict = run(cycle, node, 0, byNodeAlone);
            known.judged(place, node, verdict, verdict instanceof Verdict.Unfit ? refuser : null);
        } else if (verdict instanceof Verdict.Unfit) {
            refuser = known.refuser(place);
        }
        return verdict instanceof Verdict.Unfit ? verdict : run(cycle, node, byNodeAlone, filters.length);
    }

    private static List<PodView> promised(Cycle cycle, NodeView node) {
        if (cycle.snapshot().nominated().isEmpty()) {
            return List.of();
        }
        List<PodView> nominated = cycle.snapshot().nominatedTo(node.name());
        List<PodView> promised = new ArrayList<>();
        for (PodView other : nominated) {
            if (other.priority() >= cycle.pod().priority()
                    && !other.uid().equals(cycle.pod().uid())) {
                promised.add(other);
            }
        }
        return promised;
    }

    private Verdict run(Cycle cycle, NodeView node, int from, int to) {
        for (int i = from; i < to; i++) {
            Verdict verdict = filters[i].filter(cycle, node);
            if (verdict instanceof Verdict.Unfit) {
                refuser = filters[i];
                return verdict;
            }
        }
        return Verdict.fits();
    }

    /** Which filter said the latest no. */
    FilterPlugin refuser() {
        if (refuser == null) {
            throw new IllegalStateException("nothing was refused");
        }
        return refuser;
    }

    @Override
    public NodeView add(Cycle cycle, PodView pod, NodeView node) {
        NodeView with = node.with(pod);
        for (PreFilterPlugin plugin : prepared) {
            plugin.podAdded(cycle, pod, with);
        }
        return with;
    }

    @Override
    public NodeView remove(Cycle cycle, PodView pod, NodeView node) {
        NodeView without = node.without(pod);
        for (PreFilterPlugin plugin : prepared) {
            plugin.podRemoved(cycle, pod, without);
        }
        return without;
    }
}
