package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PostFilterPlugin;
import io.orchestrator.core.schedule.framework.PreFilter;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.framework.Refusals;
import io.orchestrator.core.schedule.framework.Remedy;
import io.orchestrator.core.schedule.framework.Snapshot;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a node: a pure function of pod, snapshot, starting point and randomness. What it remembers saves it work and changes
 * no answer. Owned by the scheduler's loop.
 *
 * <p>In a large cluster it stops looking once it has found enough nodes that fit, as Kubernetes does: every one below 100
 * nodes, half of them at 100, falling to a twentieth at 5,000. The starting point moves on from pod to pod, so that all nodes
 * have their turn. A pod that fits nowhere has seen every node. A node that was cleared for the pod is looked at first.
 */
final class Planner {
    private static final int ALWAYS_EXAMINED = 100;
    private static final int LEAST_PERCENT = 5;

    /** Of so many kinds of pods it is remembered what was found out about nodes. */
    private static final int REMEMBERED = 8;

    private final List<PreFilterPlugin> preFilters;
    private final List<FilterPlugin> filters;
    private final List<PostFilterPlugin> postFilters;
    private final Ranking ranking;
    private final int percentage;

    /** What was found out for pods of which there was more than one; null for those of which there was one. Latest used last. */
    private final Map<LikePods, @Nullable Findings> findings = new LinkedHashMap<>(16, 0.75f, true);

    private @Nullable LikePods latest;
    private @Nullable Findings latestFindings;

    Planner(Profile profile) {
        this.preFilters = profile.at(PreFilterPlugin.class);
        this.filters = profile.at(FilterPlugin.class);
        this.postFilters = profile.at(PostFilterPlugin.class);
        this.ranking = new Ranking(profile);
        this.percentage = profile.percentageOfNodesToScore();
    }

    Plan plan(Cycle cycle, int start) {
        return plan(cycle, start, PlanTrace.NONE);
    }

    /** @param start the index of the node to look at first */
    Plan plan(Cycle cycle, int start, PlanTrace trace) {
        Snapshot snapshot = cycle.snapshot();
        Refusals refusals = new Refusals(snapshot.size());
        Prepared prepared = prepare(cycle, refusals, trace);
        if (snapshot.size() == 0) {
            return new Plan.Nowhere(0, List.of(), refusals.reasons(), Set.of(), Remedy.none(""));
        }
        if (refusals.everywhere() == null) {
            NodeView promised = promised(cycle, prepared);
            if (promised != null && prepared.chain.filter(cycle, promised) instanceof Verdict.Fits) {
                trace.fits(promised);
                return new Plan.Place(promised.name(), 0);
            }
            List<NodeView> feasible = new ArrayList<>(enough(snapshot.size(), percentage));
            boolean all = prepared.only == null && snapshot.nominated().isEmpty();
            Findings known = all && trace == PlanTrace.NONE ? findings(cycle, prepared) : null;
            int examined = examine(cycle, prepared, start, feasible, refusals, known, trace);
            if (!feasible.isEmpty()) {
                NodeView best = ranking.best(cycle, feasible, known, trace);
                return new Plan.Place(best.name(), examined);
            }
        }
        return nowhere(cycle, prepared, refusals);
    }

    /** What the pre-filters left: the filters to ask, and the nodes to look at where not at all. */
    private record Prepared(FilterChain chain, @Nullable Set<String> only, List<String> restricting) {}

    private Prepared prepare(Cycle cycle, Refusals refusals, PlanTrace trace) {
        PodView pod = cycle.pod();
        Set<String> skipped = new TreeSet<>();
        List<PreFilterPlugin> prepared = new ArrayList<>();
        Set<String> only = null;
        List<String> restricting = new ArrayList<>();
        for (PreFilterPlugin plugin : preFilters) {
            PreFilter answer = plugin.preFilter(cycle);
            if (answer instanceof PreFilter.Skip) {
                skipped.add(plugin.name());
                continue;
            }
            prepared.add(plugin);
            if (answer instanceof PreFilter.Refuse refuse) {
                refusals.addEverywhere(plugin, refuse.why());
                cycle.snapshot().nodes().forEach(node -> trace.refused(node, plugin, refuse.why()));
                break;
            }
            if (answer instanceof PreFilter.Only some) {
                refusals.addPlugin(plugin);
                restricting.add(plugin.name());
                only = intersected(only, some.nodes());
            }
        }
        List<FilterPlugin> asked = filters.stream()
                .filter(filter -> !skipped.contains(filter.name()) && filter.concerns(pod))
                .toList();
        return new Prepared(new FilterChain(asked, prepared), only, restricting);
    }

    /** What is known from pods like this one; null when it is the first of its kind. */
    private @Nullable Findings findings(Cycle cycle, Prepared prepared) {
        LikePods kind = LikePods.of(cycle.pod());
        if (latestFindings == null || !kind.equals(latest)) {
            // To look for a pod among others costs a look at all of it.
            Findings found = findings.get(kind);
            if (found == null && findings.containsKey(kind)) {
                found = new Findings(ranking.plugins());
            }
            findings.put(kind, found);
            latest = kind;
            latestFindings = found;
            if (findings.size() > REMEMBERED) {
                findings.remove(findings.keySet().iterator().next());
            }
        }
        Findings known = latestFindings;
        if (known != null) {
            known.begin(cycle.snapshot().size(), prepared.chain.byNodeAlone());
        }
        return known;
    }

    private static Set<String> intersected(@Nullable Set<String> before, Set<String> more) {
        Set<String> both = new TreeSet<>(more);
        if (before != null) {
            both.retainAll(before);
        }
        return both;
    }

    private static @Nullable NodeView promised(Cycle cycle, Prepared prepared) {
        String name = cycle.pod().pod().status().nominatedNodeName();
        boolean inQuestion = !name.isEmpty() && (prepared.only == null || prepared.only.contains(name));
        return inQuestion ? cycle.snapshot().node(name) : null;
    }

    /** Returns how many nodes were looked at. */
    private int examine(
            Cycle cycle,
            Prepared prepared,
            int start,
            List<NodeView> feasible,
            Refusals refusals,
            @Nullable Findings known,
            PlanTrace trace) {
        Snapshot snapshot = cycle.snapshot();
        if (prepared.only != null) {
            for (String name : prepared.only) {
                NodeView node = snapshot.node(name);
                if (node != null) {
                    took(prepared.chain.filter(cycle, node), prepared.chain, node, feasible, refusals, trace);
                }
            }
            return 0;
        }
        int total = snapshot.size();
        int enough = enough(total, percentage);
        int examined = 0;
        while (examined < total && feasible.size() < enough) {
            int place = (start + examined) % total;
            NodeView node = snapshot.node(place);
            Verdict verdict = known == null
                    ? prepared.chain.filter(cycle, node)
                    : prepared.chain.filter(cycle, place, node, known);
            took(verdict, prepared.chain, node, feasible, refusals, trace);
            examined++;
        }
        return examined;
    }

    private static void took(
            Verdict verdict,
            FilterChain chain,
            NodeView node,
            List<NodeView> feasible,
            Refusals refusals,
            PlanTrace trace) {
        if (verdict instanceof Verdict.Unfit unfit) {
            refusals.add(node, chain.refuser(), unfit);
            trace.refused(node, chain.refuser(), unfit);
        } else {
            trace.fits(node);
            feasible.add(node);
        }
    }

    static int enough(int nodes, int percentage) {
        if (nodes < ALWAYS_EXAMINED || percentage >= 100) {
            return nodes;
        }
        int percent = percentage > 0 ? percentage : Math.max(50 - nodes / 125, LEAST_PERCENT);
        return Math.max(nodes * percent / 100, ALWAYS_EXAMINED);
    }

    private Plan nowhere(Cycle cycle, Prepared prepared, Refusals refusals) {
        Remedy remedy = Remedy.none("");
        for (PostFilterPlugin plugin : postFilters) {
            remedy = plugin.postFilter(cycle, refusals, prepared.chain);
            if (remedy instanceof Remedy.Preempt) {
                break;
            }
        }
        Verdict.Unfit everywhere = refusals.everywhere();
        int total = cycle.snapshot().size();
        if (everywhere != null) {
            return new Plan.Nowhere(total, everywhere.reasons(), Map.of(), refusals.plugins(), remedy);
        }
        Map<String, Integer> reasons = refusals.reasons();
        if (prepared.only != null) {
            addLeftOut(cycle.snapshot(), prepared, reasons);
        }
        return new Plan.Nowhere(total, List.of(), reasons, refusals.plugins(), remedy);
    }

    /** Nodes that nobody looked at, since plugins named others. */
    private static void addLeftOut(Snapshot snapshot, Prepared prepared, Map<String, Integer> reasons) {
        Set<String> only = prepared.only == null ? Set.of() : prepared.only;
        int leftOut = snapshot.size();
        for (String name : only) {
            if (snapshot.node(name) != null) {
                leftOut--;
            }
        }
        if (leftOut > 0) {
            reasons.merge("node(s) didn't satisfy plugin(s) " + prepared.restricting, leftOut, Integer::sum);
        }
    }
}
