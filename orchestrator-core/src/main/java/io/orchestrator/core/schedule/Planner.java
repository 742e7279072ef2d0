package io.orchestrator.core.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Chooses a node: a pure function of pod, snapshot, starting point and randomness.
 *
 * <p>In a large cluster it stops looking once it has found enough nodes that fit, as Kubernetes does: every one below 100
 * nodes, half of them at 100, falling to a twentieth at 5,000. The starting point moves on from pod to pod, so that all nodes
 * have their turn. A pod that fits nowhere has seen every node.
 */
final class Planner {
    private static final int ALWAYS_EXAMINED = 100;
    private static final int LEAST_PERCENT = 5;

    private final Profile profile;

    Planner(Profile profile) {
        this.profile = profile;
    }

    /** @param start the index of the node to look at first */
    Plan plan(PodView pod, Snapshot snapshot, int start, RandomGenerator ties) {
        FilterPlugin[] filters = profile.filters().stream()
                .filter(filter -> filter.concerns(pod))
                .toArray(FilterPlugin[]::new);
        int total = snapshot.size();
        int enough = enough(total);
        List<NodeView> feasible = new ArrayList<>();
        Refusals refusals = new Refusals();
        int examined = 0;
        while (examined < total && feasible.size() < enough) {
            NodeView node = snapshot.node((start + examined) % total);
            examined++;
            if (fits(pod, node, filters, refusals)) {
                feasible.add(node);
            }
        }
        if (feasible.isEmpty()) {
            return new Plan.Nowhere(total, refusals.reasons, refusals.by);
        }
        return new Plan.Place(best(pod, feasible, ties).name(), examined);
    }

    static int enough(int nodes) {
        if (nodes < ALWAYS_EXAMINED) {
            return nodes;
        }
        int percent = Math.max(50 - nodes / 125, LEAST_PERCENT);
        return Math.max(nodes * percent / 100, ALWAYS_EXAMINED);
    }

    private static boolean fits(PodView pod, NodeView node, FilterPlugin[] filters, Refusals refusals) {
        for (FilterPlugin filter : filters) {
            if (filter.filter(pod, node) instanceof Verdict.Unfit unfit) {
                refusals.add(filter, unfit);
                return false;
            }
        }
        return true;
    }

    private NodeView best(PodView pod, List<NodeView> feasible, RandomGenerator ties) {
        if (feasible.size() == 1) {
            return feasible.get(0);
        }
        double[] totals = new double[feasible.size()];
        double[] scores = new double[feasible.size()];
        for (Profile.Weighted weighted : profile.scores()) {
            ScorePlugin plugin = weighted.plugin();
            if (!plugin.concerns(pod)) {
                continue;
            }
            for (int i = 0; i < scores.length; i++) {
                scores[i] = plugin.score(pod, feasible.get(i));
            }
            plugin.normalize(scores);
            for (int i = 0; i < scores.length; i++) {
                totals[i] += weighted.weight() * scores[i];
            }
        }
        return feasible.get(oneOfTheHighest(totals, ties));
    }

    private static int oneOfTheHighest(double[] totals, RandomGenerator ties) {
        double highest = Arrays.stream(totals).max().orElseThrow();
        int[] candidates = new int[totals.length];
        int count = 0;
        for (int i = 0; i < totals.length; i++) {
            if (totals[i] == highest) {
                candidates[count++] = i;
            }
        }
        return candidates[count == 1 ? 0 : ties.nextInt(count)];
    }

    private static final class Refusals {
        final Map<String, Integer> reasons = new HashMap<>();
        final Set<FilterPlugin> by = new HashSet<>();

        void add(FilterPlugin filter, Verdict.Unfit unfit) {
            by.add(filter);
            unfit.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        }
    }
}
