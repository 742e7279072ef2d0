package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.Profile;

/** The plugins in the order and with the weights of Kubernetes. */
public final class KubernetesPlugins {

    private KubernetesPlugins() {}

    /** The profile of pods that name no scheduler. */
    public static Profile defaultProfile() {
        return profile(Profile.DEFAULT_SCHEDULER).build();
    }

    /** The same plugins under another scheduler's name, to add others to. */
    public static Profile.Builder profile(String schedulerName) {
        TaintToleration taints = new TaintToleration();
        NodeAffinity affinity = new NodeAffinity();
        return Profile.named(schedulerName)
                .gate(new SchedulingGates())
                .filter(new NodeUnschedulable())
                .filter(new NodeName())
                .filter(taints)
                .filter(affinity)
                .filter(new NodePorts())
                .filter(new ResourceFit())
                .score(taints, 3)
                .score(affinity, 2)
                .score(new LeastAllocated(), 1)
                .score(new BalancedAllocation(), 1);
    }
}
