package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PreScorePlugin;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Finds the best of the nodes that fit, by a profile's scores and their weights. */
final class Ranking {
    private final List<PreScorePlugin> preScores;
    private final List<ScorePlugin> scores;
    private final double[] weights;

    Ranking(Profile profile) {
        this.preScores = profile.at(PreScorePlugin.class);
        this.scores = profile.at(ScorePlugin.class);
        this.weights = scores.stream().mapToDouble(profile::weight).toArray();
    }

    /** One of the best, chosen by the cycle's randomness. */
    NodeView best(Cycle cycle, List<NodeView> feasible, PlanTrace trace) {
        if (feasible.size() == 1 && trace == PlanTrace.NONE) {
            return feasible.get(0);
        }
        Set<String> skipped = new TreeSet<>();
        for (PreScorePlugin plugin : preScores) {
            if (!plugin.preScore(cycle, feasible)) {
                skipped.add(plugin.name());
            }
        }
        double[] totals = new double[feasible.size()];
        for (int p = 0; p < weights.length; p++) {
            ScorePlugin plugin = scores.get(p);
            if (skipped.contains(plugin.name()) || !plugin.concerns(cycle.pod())) {
                continue;
            }
            double[] weighted = weighted(cycle, plugin, weights[p], feasible);
            trace.scored(plugin, feasible, weighted);
            for (int i = 0; i < totals.length; i++) {
                totals[i] += weighted[i];
            }
        }
        return feasible.get(oneOfTheHighest(totals, cycle.random()));
    }

    private static double[] weighted(Cycle cycle, ScorePlugin plugin, double weight, List<NodeView> nodes) {
        double[] scores = new double[nodes.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = plugin.score(cycle, nodes.get(i));
        }
        plugin.normalize(cycle, nodes, scores);
        for (int i = 0; i < scores.length; i++) {
            scores[i] *= weight;
        }
        return scores;
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
}
