package io.orchestrator.core.schedule.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How well a node suits by the share of it that would be taken. */
public final class ScoringStrategy {
    private static final double BEST = 100;

    /** Of the points of a shape. */
    private static final double SHAPE_BEST = 10;

    /** The share taken, 0 to 100, and its score, 0 to 10. */
    public record Point(int utilization, int score) {
        public Point {
            if (utilization < 0 || utilization > 100 || score < 0 || score > SHAPE_BEST) {
                throw new IllegalArgumentException("not a point of a shape: " + utilization + ", " + score);
            }
        }
    }

    /** Where the share that is taken becomes a score. */
    private interface Curve {
        double at(double taken, double allocatable);
    }

    private final Map<String, Integer> weights;
    private final boolean leavesOutZero;
    private final Curve curve;

    private ScoringStrategy(Map<String, Integer> weights, boolean leavesOutZero, Curve curve) {
        this.weights = new LinkedHashMap<>(weights);
        this.leavesOutZero = leavesOutZero;
        this.curve = curve;
        if (weights.isEmpty() || weights.values().stream().anyMatch(weight -> weight < 1)) {
            throw new IllegalArgumentException("resources need weights above zero");
        }
    }

    /** CPU and memory, equally. */
    public static Map<String, Integer> cpuAndMemory() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put("cpu", 1);
        weights.put("memory", 1);
        return weights;
    }

    /** The emptier, the better: pods spread. */
    public static ScoringStrategy leastAllocated(Map<String, Integer> weights) {
        return new ScoringStrategy(weights, false, (taken, all) -> taken > all ? 0 : BEST * (all - taken) / all);
    }

    /** The fuller, the better: pods are packed. */
    public static ScoringStrategy mostAllocated(Map<String, Integer> weights) {
        return new ScoringStrategy(weights, false, (taken, all) -> BEST * Math.min(taken, all) / all);
    }

    /** As a line through the points says, which are in the order of their utilization. */
    public static ScoringStrategy requestedToCapacityRatio(Map<String, Integer> weights, List<Point> shape) {
        List<Point> points = new ArrayList<>(shape);
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).utilization() <= points.get(i - 1).utilization()) {
                throw new IllegalArgumentException("the points of a shape have rising utilizations");
            }
        }
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a shape needs a point");
        }
        return new ScoringStrategy(weights, true, (taken, all) -> along(points, taken > all ? 100 : 100 * taken / all));
    }

    private static double along(List<Point> points, double utilization) {
        Point before = points.get(0);
        for (Point point : points) {
            if (utilization <= point.utilization()) {
                double span = point.utilization() - before.utilization();
                double part = span == 0 ? 1 : (utilization - before.utilization()) / span;
                return (before.score() + Math.max(0, part) * (point.score() - before.score())) * BEST / SHAPE_BEST;
            }
            before = point;
        }
        return before.score() * BEST / SHAPE_BEST;
    }

    Map<String, Integer> weights() {
        return weights;
    }

    /**
     * The weighted mean over the resources that the node has.
     *
     * @param amounts what is taken and what there is of each
     */
    double score(Amounts amounts) {
        double sum = 0;
        double weighed = 0;
        for (Map.Entry<String, Integer> resource : weights.entrySet()) {
            double all = amounts.allocatable(resource.getKey());
            if (all == 0) {
                continue;
            }
            double score = curve.at(amounts.taken(resource.getKey()), all);
            if (score > 0 || !leavesOutZero) {
                sum += score * resource.getValue();
                weighed += resource.getValue();
            }
        }
        return weighed == 0 ? 0 : sum / weighed;
    }
}
