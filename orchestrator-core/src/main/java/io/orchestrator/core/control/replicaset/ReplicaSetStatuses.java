package io.orchestrator.core.control.replicaset;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetCondition;
import io.orchestrator.api.model.apps.ReplicaSetConditionBuilder;
import io.orchestrator.api.model.apps.ReplicaSetConditionType;
import io.orchestrator.api.model.apps.ReplicaSetStatus;
import io.orchestrator.api.model.apps.ReplicaSetStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.control.pods.RefusedWrite;
import io.orchestrator.core.control.pods.ReplicaControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a ReplicaSet's status should say. */
final class ReplicaSetStatuses {
    private ReplicaSetStatuses() {}

    /**
     * Pods that the cache does not show yet, and those that are about to go, are counted among the replicas, as they may be
     * there; nobody counts on their being available.
     */
    static ReplicaSetStatus of(ReplicaControl.Result<ReplicaSet> result, Predicate<Pod> going, Instant now) {
        ReplicaSet set = result.object();
        Map<String, String> labels = set.spec().template().metadata().labels();
        int minReady = set.spec().minReadySeconds();
        int replicas = 0;
        int labelled = 0;
        int ready = 0;
        int available = 0;
        for (Pod pod : result.pods()) {
            if (PodFacts.isActive(pod)) {
                replicas++;
                labelled += pod.metadata().labels().entrySet().containsAll(labels.entrySet()) ? 1 : 0;
                boolean stays = !going.test(pod);
                ready += stays && PodFacts.isReady(pod) ? 1 : 0;
                available += stays && PodFacts.isAvailable(pod, minReady, now) ? 1 : 0;
            }
        }
        return ReplicaSetStatusBuilder.builder(set.status())
                .replicas(replicas + result.unseen())
                .fullyLabeledReplicas(labelled)
                .readyReplicas(ready)
                .availableReplicas(available)
                .observedGeneration(set.metadata().generation())
                .conditions(conditions(set.status().conditions(), result.failure(), now))
                .build();
    }

    /** A failure stays as it was first told; without one, the condition goes. */
    private static List<ReplicaSetCondition> conditions(
            List<ReplicaSetCondition> before, @Nullable RefusedWrite failure, Instant now) {
        boolean told = before.stream().anyMatch(ReplicaSetStatuses::isFailure);
        if (told == (failure != null)) {
            return before;
        }
        List<ReplicaSetCondition> conditions = new ArrayList<>(before);
        conditions.removeIf(ReplicaSetStatuses::isFailure);
        if (failure != null) {
            String message = failure.cause().getMessage();
            conditions.add(ReplicaSetConditionBuilder.builder()
                    .type(ReplicaSetConditionType.REPLICA_FAILURE)
                    .status(ConditionStatus.TRUE)
                    .reason(failure.reason())
                    .message(message == null ? "" : message)
                    .lastTransitionTime(Time.of(now))
                    .build());
        }
        return conditions;
    }

    private static boolean isFailure(ReplicaSetCondition condition) {
        return condition.type().equals(ReplicaSetConditionType.REPLICA_FAILURE);
    }
}
