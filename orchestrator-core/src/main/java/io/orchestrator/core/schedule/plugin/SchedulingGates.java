package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.model.core.PodSchedulingGate;
import io.orchestrator.core.schedule.EnqueuePlugin;
import io.orchestrator.core.schedule.PodView;
import io.orchestrator.core.schedule.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** A pod with gates waits until all of them are lifted. */
public final class SchedulingGates implements EnqueuePlugin {

    @Override
    public String name() {
        return "SchedulingGates";
    }

    @Override
    public Verdict mayEnter(PodView pod) {
        List<PodSchedulingGate> gates = pod.spec().schedulingGates();
        if (gates.isEmpty()) {
            return Verdict.fits();
        }
        String names = gates.stream().map(PodSchedulingGate::name).collect(Collectors.joining(" ", "[", "]"));
        return Verdict.unfit("waiting for scheduling gates: " + names);
    }
}
