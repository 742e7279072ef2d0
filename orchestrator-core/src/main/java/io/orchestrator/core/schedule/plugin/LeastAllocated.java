package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.NodeView;
import io.orchestrator.core.schedule.PodView;
import io.orchestrator.core.schedule.ScorePlugin;

/** Prefers nodes of which the greater part stays free: the mean of what is left of CPU and memory. */
public final class LeastAllocated implements ScorePlugin {

    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public double score(PodView pod, NodeView node) {
        long cpus = node.allocatable().milliCpu();
        long memory = node.allocatable().memory();
        double sum = 0;
        int counted = 0;
        if (cpus > 0) {
            sum += free(node.scored().milliCpu() + pod.scored().milliCpu(), cpus);
            counted++;
        }
        if (memory > 0) {
            sum += free(node.scored().memory() + pod.scored().memory(), memory);
            counted++;
        }
        return counted == 0 ? 0 : sum / counted;
    }

    private static double free(long taken, long allocatable) {
        return taken > allocatable ? 0 : BEST * (allocatable - taken) / allocatable;
    }
}
