package io.orchestrator.core.control.deployment;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.DeploymentCondition;
import io.orchestrator.api.model.apps.DeploymentConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Deployment's conditions while its next status is put together. Immutable. */
record Conditions(List<DeploymentCondition> list) {
    static final String NEW_REPLICA_SET = "NewReplicaSetCreated";
    static final String FOUND_REPLICA_SET = "FoundNewReplicaSet";
    static final String REPLICA_SET_UPDATED = "ReplicaSetUpdated";
    static final String FAILED_CREATE = "ReplicaSetCreateError";
    static final String COMPLETE = "NewReplicaSetAvailable";
    static final String TIMED_OUT = "ProgressDeadlineExceeded";
    static final String PAUSED = "DeploymentPaused";
    static final String RESUMED = "DeploymentResumed";
    static final String ENOUGH_AVAILABLE = "MinimumReplicasAvailable";
    static final String TOO_FEW_AVAILABLE = "MinimumReplicasUnavailable";

    Conditions {
        list = List.copyOf(list);
    }

    Optional<DeploymentCondition> get(String type) {
        return list.stream().filter(condition -> condition.type().equals(type)).findFirst();
    }

    boolean has(String type, String reason) {
        return get(type).filter(condition -> condition.reason().equals(reason)).isPresent();
    }

    Conditions without(String type) {
        return new Conditions(list.stream()
                .filter(condition -> !condition.type().equals(type))
                .toList());
    }

    /** Status and reason as before change nothing; a status as before keeps the time of its transition. */
    Conditions with(String type, String status, String reason, String message, Instant now) {
        DeploymentCondition before = get(type).orElse(null);
        if (before != null && before.status().equals(status) && before.reason().equals(reason)) {
            return this;
        }
        return replaced(type, status, reason, message, now);
    }

    /** The same, also where only the time of the update is new. */
    Conditions refreshed(String type, String status, String reason, String message, Instant now) {
        return replaced(type, status, reason, message, now);
    }

    private Conditions replaced(String type, String status, String reason, String message, Instant now) {
        Time transition = get(type)
                .filter(before -> before.status().equals(status))
                .map(DeploymentCondition::lastTransitionTime)
                .orElse(Time.of(now));
        List<DeploymentCondition> others = new ArrayList<>(without(type).list());
        others.add(DeploymentConditionBuilder.builder()
                .type(type)
                .status(status)
                .reason(reason)
                .message(message)
                .lastUpdateTime(Time.of(now))
                .lastTransitionTime(transition)
                .build());
        return new Conditions(others);
    }
}
