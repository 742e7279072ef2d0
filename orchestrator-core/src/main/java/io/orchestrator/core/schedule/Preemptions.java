package io.orchestrator.core.schedule;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodConditionType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drives pods out for others: says so on them, and deletes them with the grace they have. Stateless; its calls block. */
final class Preemptions {
    private static final String REASON = "PreemptionByScheduler";
    private static final int ATTEMPTS = 4;

    private final Client client;
    private final Clock clock;

    Preemptions(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Whether a pod carries the mark of being driven out. */
    static boolean isMarked(Pod pod) {
        return pod.status()
                .condition(PodConditionType.DISRUPTION_TARGET)
                .filter(condition -> condition.status().equals(ConditionStatus.TRUE)
                        && condition.reason().equals(REASON))
                .isPresent();
    }

    /** The pod as it will be. */
    Pod marked(Pod victim, String scheduler) {
        List<PodCondition> conditions = new ArrayList<>(victim.status().conditions());
        conditions.removeIf(condition -> condition.type().equals(PodConditionType.DISRUPTION_TARGET));
        conditions.add(PodConditionBuilder.builder()
                .type(PodConditionType.DISRUPTION_TARGET)
                .status(ConditionStatus.TRUE)
                .lastTransitionTime(Time.of(clock.instant()))
                .reason(REASON)
                .message(scheduler + ": preempting to accommodate a higher priority pod")
                .build());
        return victim.withStatus(victim.status().withConditions(conditions));
    }

    /** Idempotent: a victim that is gone, or another of its name, is left alone. @throws ApiException when it is still there */
    void driveOut(Pod victim, String scheduler) {
        ResourceClient<Pod> pods =
                client.resources(Pod.TYPE).inNamespace(victim.metadata().namespace());
        String name = victim.metadata().name();
        try {
            mark(pods, victim, scheduler);
            pods.delete(name, DeleteOptions.defaults().onlyUid(victim.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound() && !isAnother(pods, victim)) {
                throw e;
            }
        }
    }

    private void mark(ResourceClient<Pod> pods, Pod victim, String scheduler) {
        Pod current = victim;
        for (int attempt = 0; attempt < ATTEMPTS && !isMarked(current); attempt++) {
            try {
                current = pods.updateStatus(marked(current, scheduler));
            } catch (ApiException e) {
                if (!e.isConflict()) {
                    throw e;
                }
                current = pods.get(victim.metadata().name());
                if (!current.metadata().uid().equals(victim.metadata().uid())) {
                    return;
                }
            }
        }
    }

    private static boolean isAnother(ResourceClient<Pod> pods, Pod victim) {
        Optional<Pod> found = pods.find(victim.metadata().name());
        return found.isEmpty()
                || !found.get().metadata().uid().equals(victim.metadata().uid());
    }
}
