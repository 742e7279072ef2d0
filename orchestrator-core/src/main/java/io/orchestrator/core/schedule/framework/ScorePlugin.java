package io.orchestrator.core.schedule.framework;

import java.util.List;

/** Says where a pod should run, among the nodes where it can. */
public interface ScorePlugin extends Plugin {

    /** The best score after {@link #normalize}; the worst is 0. */
    double BEST = 100;

    /** A score on the plugin's own scale. */
    double score(Cycle cycle, NodeView node);

    /** The scores of many nodes, each as {@link #score} gives it: for a plugin that has less to do for all together. */
    default void scoreAll(Cycle cycle, List<NodeView> nodes, double[] scores) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(cycle, nodes.get(i));
        }
    }

    /**
     * Whether the score depends on nothing but the node as it is given and what pods of one template have in common: spec, namespace,
     * labels, annotations and owners. Not on other nodes, other objects, or what the cycle keeps. Then it is asked once for such
     * pods, until the node changes.
     */
    default boolean scoresByNodeAlone() {
        return false;
    }

    /**
     * Brings one pod's scores on all feasible nodes, in place, to 0 to {@link #BEST}; then they are multiplied with the plugin's
     * weight in the profile.
     */
    default void normalize(Cycle cycle, List<NodeView> nodes, double[] scores) {}

    /** Scales so that the highest becomes {@link #BEST}; all zero stays all zero. */
    static void scaleToBest(double[] scores) {
        double highest = highest(scores);
        if (highest > 0) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = scores[i] * BEST / highest;
            }
        }
    }

    /** Scales the other way round: zero becomes {@link #BEST}, the highest becomes 0. */
    static void scaleToLeast(double[] scores) {
        double highest = highest(scores);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = highest > 0 ? BEST - scores[i] * BEST / highest : BEST;
        }
    }

    private static double highest(double[] scores) {
        double highest = 0;
        for (double score : scores) {
            highest = Math.max(highest, score);
        }
        return highest;
    }
}
