package io.orchestrator.testkit.simulation;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodConditionType;
import java.util.ArrayList;
import java.util.List;

/** Who is about to end a pod from outside says so on it first. */
final class Disruptions {
    private Disruptions() {}

    static void announce(Simulation sim, String name, String reason) {
        while (true) {
            Pod pod = sim.client().pods().get(name);
            List<PodCondition> conditions = new ArrayList<>(pod.status().conditions());
            conditions.add(PodConditionBuilder.builder()
                    .type(PodConditionType.DISRUPTION_TARGET)
                    .status("True")
                    .reason(reason)
                    .lastTransitionTime(Time.of(sim.environment().clock().instant()))
                    .build());
            try {
                sim.client().pods().updateStatus(pod.withStatus(pod.status().withConditions(conditions)));
                return;
            } catch (ApiException e) {
                if (!e.isConflict()) {
                    throw e;
                }
            }
        }
    }

    /** The status of the condition; empty where the pod has none. */
    static String announced(Pod pod) {
        return pod.status()
                .condition(PodConditionType.DISRUPTION_TARGET)
                .map(PodCondition::status)
                .orElse("");
    }
}
