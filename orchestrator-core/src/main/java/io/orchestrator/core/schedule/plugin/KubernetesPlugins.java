package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.framework.Profile;

/** The plugins in the order and with the weights of Kubernetes. */
public final class KubernetesPlugins {

    private KubernetesPlugins() {}

    /** The profile of pods that name no scheduler. */
    public static Profile defaultProfile() {
        return profile(Profile.DEFAULT_SCHEDULER).build();
    }

    /** The same plugins under another scheduler's name, to be added to, replaced or left out. */
    public static Profile.Builder profile(String schedulerName) {
        return Profile.named(schedulerName)
                .plugin(new SchedulingGates())
                .plugin(new PrioritySort())
                .plugin(new NodeUnschedulable())
                .plugin(new NodeName())
                .plugin(new TaintToleration(), 3)
                .plugin(new NodeAffinity(), 2)
                .plugin(new NodePorts())
                .plugin(new ResourceFit())
                .plugin(new VolumeRestrictions())
                .plugin(new NodeVolumeLimits())
                .plugin(new VolumeBinding())
                .plugin(new VolumeZone())
                .plugin(new TopologySpread(), 2)
                .plugin(new PodAffinity(), 2)
                .plugin(new DefaultPreemption())
                .plugin(new BalancedAllocation())
                .plugin(new ImageLocality());
    }
}
