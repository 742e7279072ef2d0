package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.PodSchedulingGate;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreEnqueuePlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** A pod waits until all of its gates were taken away. */
public final class SchedulingGates implements PreEnqueuePlugin {

    @Override
    public String name() {
        return "SchedulingGates";
    }

    @Override
    public Verdict mayEnter(PodView pod, KnownObjects objects) {
        List<PodSchedulingGate> gates = pod.spec().schedulingGates();
        if (gates.isEmpty()) {
            return Verdict.fits();
        }
        return Verdict.unresolvable("waiting for scheduling gates: "
                + gates.stream().map(PodSchedulingGate::name).collect(Collectors.joining(" ", "[", "]")));
    }
}
