package io.orchestrator.core.control.disruption;

import io.orchestrator.api.control.Context;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The pod condition of KEP-3329, by which a Job's failure policy tells a disruption from a fault of the pod. */
public final class DisruptionTarget {
    /** The condition's type. */
    public static final String TYPE = "DisruptionTarget";

    private DisruptionTarget() {}

    /** Writes the condition, unless it stands already. */
    public static void mark(Pod pod, String reason, String message, Context context) {
        Pod marked = on(pod, reason, message, context);
        if (marked != pod) {
            context.client().pods().inNamespace(pod.metadata().namespace()).updateStatus(marked);
        }
    }

    /** The pod with the condition; the very same where it stands already. */
    public static Pod on(Pod pod, String reason, String message, Context context) {
        boolean marked = pod.status().conditions().stream()
                .anyMatch(condition -> condition.type().equals(TYPE)
                        && condition.status().equals("True")
                        && condition.reason().equals(reason));
        if (marked) {
            return pod;
        }
        List<PodCondition> conditions = new ArrayList<>(pod.status().conditions());
        conditions.removeIf(condition -> condition.type().equals(TYPE));
        conditions.add(PodConditionBuilder.builder()
                .type(TYPE)
                .status("True")
                .reason(reason)
                .message(message)
                .lastTransitionTime(Time.of(context.clock().instant()))
                .build());
        return pod.withStatus(pod.status().withConditions(conditions));
    }

    /** The pod after all without it, in a condition that says so. */
    public static Pod off(Pod pod, Instant now) {
        List<PodCondition> conditions = new ArrayList<>(pod.status().conditions());
        conditions.replaceAll(condition -> condition.type().equals(TYPE)
                ? PodConditionBuilder.builder()
                        .type(TYPE)
                        .status("False")
                        .lastTransitionTime(Time.of(now))
                        .build()
                : condition);
        return pod.withStatus(pod.status().withConditions(conditions));
    }
}
