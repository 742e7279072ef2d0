package io.orchestrator.core.schedule.plugin;

import io.orchestrator.core.schedule.ClusterChange;
import io.orchestrator.core.schedule.FilterPlugin;
import io.orchestrator.core.schedule.NodeView;
import io.orchestrator.core.schedule.PodView;
import io.orchestrator.core.schedule.Resources;
import io.orchestrator.core.schedule.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The node must have room for everything that the pod requests, and for one pod more. */
public final class ResourceFit implements FilterPlugin {

    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public Verdict filter(PodView pod, NodeView node) {
        Resources asked = pod.requests();
        Resources allocatable = node.allocatable();
        Resources taken = node.requested();
        boolean fits = node.pods().size() < node.allowedPods()
                && fits(asked.milliCpu(), taken.milliCpu(), allocatable.milliCpu())
                && fits(asked.memory(), taken.memory(), allocatable.memory())
                && fits(asked.ephemeralStorage(), taken.ephemeralStorage(), allocatable.ephemeralStorage())
                && asked.extended().isEmpty();
        return fits ? Verdict.fits() : explain(asked, taken, allocatable, node);
    }

    /** What is not asked for is never missing, even where more is taken than there is. */
    private static boolean fits(long asked, long taken, long allocatable) {
        return asked == 0 || asked <= allocatable - taken;
    }

    private static Verdict explain(Resources asked, Resources taken, Resources allocatable, NodeView node) {
        List<String> reasons = new ArrayList<>();
        if (node.pods().size() >= node.allowedPods()) {
            reasons.add("Too many pods");
        }
        if (!fits(asked.milliCpu(), taken.milliCpu(), allocatable.milliCpu())) {
            reasons.add("Insufficient cpu");
        }
        if (!fits(asked.memory(), taken.memory(), allocatable.memory())) {
            reasons.add("Insufficient memory");
        }
        if (!fits(asked.ephemeralStorage(), taken.ephemeralStorage(), allocatable.ephemeralStorage())) {
            reasons.add("Insufficient ephemeral-storage");
        }
        for (Map.Entry<String, Long> extended : asked.extended().entrySet()) {
            String name = extended.getKey();
            if (!fits(extended.getValue(), taken.extended(name), allocatable.extended(name))) {
                reasons.add("Insufficient " + name);
            }
        }
        return reasons.isEmpty() ? Verdict.fits() : Verdict.unfit(reasons);
    }

    @Override
    public Set<ClusterChange> retryOn() {
        return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_ALLOCATABLE_CHANGED, ClusterChange.POD_GONE);
    }
}
