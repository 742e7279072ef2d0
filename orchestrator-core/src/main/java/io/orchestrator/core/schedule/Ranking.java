package io.orchestrator.core.schedule;

import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PreScorePlugin;
import io.orchestrator.core.schedule.framework.Profile;
import io.orchestrator.core.schedule.framework.ScorePlugin;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Finds the best of the nodes that fit, by a profile's scores and their weights. Owned by the scheduler's loop, explanations aside. */
final class Ranking {
    private final List<PreScorePlugin> preScores;
    private final List<ScorePlugin> scores;
    private final double[] weights;

    /** Which of the scores is of the same plugin as each that prepares; below zero where it gives none. */
    private final int[] scoreOf;

    private double[] latestTotals = {};
    private double[] latestEach = {};

    Ranking(Profile profile) {
        this.preScores = profile.at(PreScorePlugin.class);
        this.scores = profile.at(ScorePlugin.class);
        this.weights = scores.stream().mapToDouble(profile::weight).toArray();
        List<String> names = scores.stream().map(ScorePlugin::name).toList();
        this.scoreOf = preScores.stream()
                .mapToInt(plugin -> names.indexOf(plugin.name()))
                .toArray();
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
        boolean[] skipped = new boolean[weights.length];
        for (int i = 0; i < preScores.size(); i++) {
            boolean scores = preScores.get(i).preScore(cycle, feasible);
            if (!scores && scoreOf[i] >= 0) {
                skipped[scoreOf[i]] = true;
            }
        }
        // An explanation may be asked for by any thread.
        boolean alone = trace == PlanTrace.NONE;
        double[] totals = alone ? zeros(feasible.size()) : new double[feasible.size()];
        double[] each = alone ? eachOf(feasible.size()) : new double[feasible.size()];
        for (int p = 0; p < weights.length; p++) {
            ScorePlugin plugin = scores.get(p);
            if (skipped[p] || !plugin.concerns(cycle.pod())) {
                continue;
            }
            weigh(cycle, p, feasible, known, each);
            trace.scored(plugin, feasible, each);
            for (int i = 0; i < totals.length; i++) {
                totals[i] += each[i];
            }
        }
        return feasible.get(oneOfTheHighest(totals, cycle.random()));
    }

    /** From one pod to the next there are mostly as many nodes. */
    private double[] zeros(int size) {
        if (latestTotals.length != size) {
            latestTotals = new double[size];
        } else {
            Arrays.fill(latestTotals, 0);
        }
        return latestTotals;
    }

    private double[] eachOf(int size) {
        if (latestEach.length != size) {
            latestEach = new double[size];
        }
        return latestEach;
    }

    private void weigh(Cycle cycle, int p, List<NodeView> nodes, @Nullable Findings known, double[] each) {
        ScorePlugin plugin = scores.get(p);
        if (known != null && plugin.scoresByNodeAlone()) {
            look(cycle, plugin, nodes, known.scores(p), each);
        } else {
            plugin.scoreAll(cycle, nodes, each);
        }
        plugin.normalize(cycle, nodes, each);
        for (int i = 0; i < each.length; i++) {
            each[i] *= weights[p];
        }
    }

    /** @param known by the nodes' places; what is not known yet is asked and noted there */
    private static void look(Cycle cycle, ScorePlugin plugin, List<NodeView> nodes, double[] known, double[] each) {
        for (int i = 0; i < each.length; i++) {
            NodeView node = nodes.get(i);
            double score = known[node.position()];
            if (Double.isNaN(score)) {
                score = plugin.score(cycle, node);
                known[node.position()] = score;
            }
            each[i] = score;
        }
    }

    private static int oneOfTheHighest(double[] totals, RandomGenerator ties) {
        double highest = totals[0];
        int count = 0;
        for (double total : totals) {
            if (total > highest) {
                highest = total;
                count = 1;
            } else if (total == highest) {
                count++;
            }
        }
        int left = count == 1 ? 0 : ties.nextInt(count);
        int index = 0;
        while (totals[index] != highest || left-- > 0) {
            index++;
        }
        return index;
    }
}
