package io.orchestrator.core.control.replication;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ReplicationControllerCondition;
import io.orchestrator.api.model.core.ReplicationControllerConditionBuilder;
import io.orchestrator.api.model.core.ReplicationControllerConditionType;
import io.orchestrator.api.model.core.ReplicationControllerStatus;
import io.orchestrator.api.model.core.ReplicationControllerStatusBuilder;
import io.orchestrator.core.control.pods.RefusedWrite;
import io.orchestrator.core.control.pods.ReplicaControl;
import io.orchestrator.core.control.pods.ReplicaCounts;
import io.orchestrator.core.control.pods.ReplicaOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a ReplicationController's status should say. */
final class ReplicationStatuses {
    private ReplicationStatuses() {}

    static ReplicationControllerStatus of(
            ReplicaControl.Result<ReplicationController> result,
            ReplicaOwner owner,
            Predicate<Pod> going,
            Instant now) {
        ReplicationController controller = result.object();
        ReplicaCounts counts = ReplicaCounts.of(result, owner, going, now);
        return ReplicationControllerStatusBuilder.builder(controller.status())
                .replicas(counts.replicas())
                .fullyLabeledReplicas(counts.labelled())
                .readyReplicas(counts.ready())
                .availableReplicas(counts.available())
                .observedGeneration(controller.metadata().generation())
                .conditions(conditions(controller.status().conditions(), result.failure(), now))
                .build();
    }

    /** A failure stays as it was first told; without one, the condition goes. */
    private static List<ReplicationControllerCondition> conditions(
            List<ReplicationControllerCondition> before, @Nullable RefusedWrite failure, Instant now) {
        boolean told = before.stream().anyMatch(ReplicationStatuses::isFailure);
        if (told == (failure != null)) {
            return before;
        }
        List<ReplicationControllerCondition> conditions = new ArrayList<>(before);
        conditions.removeIf(ReplicationStatuses::isFailure);
        if (failure != null) {
            conditions.add(ReplicationControllerConditionBuilder.builder()
                    .type(ReplicationControllerConditionType.REPLICA_FAILURE)
                    .status(ConditionStatus.TRUE)
                    .reason(failure.reason())
                    .message(Objects.requireNonNullElse(failure.cause().getMessage(), ""))
                    .lastTransitionTime(Time.of(now))
                    .build());
        }
        return conditions;
    }

    private static boolean isFailure(ReplicationControllerCondition condition) {
        return condition.type().equals(ReplicationControllerConditionType.REPLICA_FAILURE);
    }
}
