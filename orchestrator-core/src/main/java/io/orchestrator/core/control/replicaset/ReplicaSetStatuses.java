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
import io.orchestrator.core.control.pods.RefusedWrite;
import io.orchestrator.core.control.pods.ReplicaControl;
import io.orchestrator.core.control.pods.ReplicaCounts;
import io.orchestrator.core.control.pods.ReplicaOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a ReplicaSet's status should say. */
final class ReplicaSetStatuses {
    private ReplicaSetStatuses() {}

    static ReplicaSetStatus of(
            ReplicaControl.Result<ReplicaSet> result, ReplicaOwner owner, Predicate<Pod> going, Instant now) {
        ReplicaSet set = result.object();
        ReplicaCounts counts = ReplicaCounts.of(result, owner, going, now);
        return ReplicaSetStatusBuilder.builder(set.status())
                .replicas(counts.replicas())
                .fullyLabeledReplicas(counts.labelled())
                .readyReplicas(counts.ready())
                .availableReplicas(counts.available())
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
