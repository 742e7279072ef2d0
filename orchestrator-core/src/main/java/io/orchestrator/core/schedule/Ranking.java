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
import org.jspecify.annotations.Nullable;

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

    /** How many plugins give scores. */
    int plugins() {
        return weights.length;
    }

    /** One of the best, chosen by the cycle's randomness. @param known what need not be asked again; null where nothing is */
    NodeView best(Cycle cycle, List<NodeView> feasible, @Nullable Findings known, PlanTrace trace) {
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
            double[] weighted = weighted(cycle, p, feasible, known);
            trace.scored(plugin, feasible, weighted);
            for (int i = 0; i < totals.length; i++) {
                totals[i] += weighted[i];
            }
        }
        return feasible.get(oneOfTheHighest(totals, cycle.random()));
    }

    private double[] weighted(Cycle cycle, int p, List<NodeView> nodes, @Nullable Findings known) {
        ScorePlugin plugin = scores.get(p);
        double[] each = new double[nodes.size()];
        if (known != null && plugin.scoresByNodeAlone()) {
            for (int i = 0; i < each.length; i++) {
                each[i] = score(cycle, p, nodes.get(i), known);
            }
        } else {
            for (int i = 0; i < each.length; i++) {
                each[i] = plugin.score(cycle, nodes.get(i));
            }
        }
        plugin.normalize(cycle, nodes, each);
        for (int i = 0; i < each.length; i++) {
            each[i] *= weights[p];
        }
        return each;
    }

    private double score(Cycle cycle, int p, NodeView node, Findings known) {
        double score = known.score(p, node);
        if (Double.isNaN(score)) {
            score = scores.get(p).score(cycle, node);
            known.scored(p, node, score);
        }
        return score;
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
