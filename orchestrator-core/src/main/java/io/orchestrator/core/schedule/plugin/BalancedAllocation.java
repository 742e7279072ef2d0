package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.NodeView;
import io.orchestrator.core.schedule.PodView;
import io.orchestrator.core.schedule.ScorePlugin;

/** Prefers nodes where CPU and memory would be used to the same degree, so that neither is left stranded. */
public final class BalancedAllocation implements ScorePlugin {

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public boolean concerns(PodView pod) {
        return pod.requests().milliCpu() > 0 || pod.requests().memory() > 0;
    }

    @Override
    public double score(PodView pod, NodeView node) {
        long cpus = node.allocatable().milliCpu();
        long memory = node.allocatable().memory();
        if (cpus == 0 || memory == 0) {
            return BEST;
        }
        double ofCpus = used(node.requested().milliCpu() + pod.requests().milliCpu(), cpus);
        double ofMemory = used(node.requested().memory() + pod.requests().memory(), memory);
        return BEST * (1 - Math.abs(ofCpus - ofMemory) / 2);
    }

    private static double used(long taken, long allocatable) {
        return Math.min(1, (double) taken / allocatable);
    }
}
