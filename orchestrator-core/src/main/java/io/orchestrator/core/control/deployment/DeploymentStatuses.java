package io.orchestrator.core.control.deployment;

import static io.orchestrator.api.model.apps.DeploymentConditionType.AVAILABLE;
import static io.orchestrator.api.model.apps.DeploymentConditionType.PROGRESSING;
import static io.orchestrator.api.model.apps.DeploymentConditionType.REPLICA_FAILURE;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentCondition;
import io.orchestrator.api.model.apps.DeploymentStatus;
import io.orchestrator.api.model.apps.DeploymentStatusBuilder;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.ReplicaSetCondition;
import io.orchestrator.api.model.apps.ReplicaSetConditionType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a Deployment's status should say. Pure. */
final class DeploymentStatuses {
    private static final int NO_DEADLINE = Integer.MAX_VALUE;

    private DeploymentStatuses() {}

    /** The deadline of the spec; empty where there is none. */
    static Optional<Duration> deadline(Deployment deployment) {
        Integer seconds = deployment.spec().progressDeadlineSeconds();
        return seconds == null || seconds == NO_DEADLINE ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    /** @param conditions what the steps of this round have noted already */
    static DeploymentStatus of(Rollout rollout, Conditions conditions, Instant now) {
        Deployment deployment = rollout.deployment();
        DeploymentStatus counted = counted(rollout);
        Conditions all = availability(rollout, counted, conditions, now);
        if (deadline(deployment).isEmpty()) {
            all = all.without(PROGRESSING);
        } else if (!deployment.spec().paused() && !ProportionalScaling.isDue(rollout)) {
            all = progress(rollout, counted, all, now);
        }
        return counted.withConditions(failures(rollout, all, now).list());
    }

    /** When to look again although nothing changes: the deadline of what still progresses. */
    static Optional<Duration> untilDeadline(Rollout rollout, DeploymentStatus status, Instant now) {
        Optional<DeploymentCondition> progress = new Conditions(status.conditions()).get(PROGRESSING);
        if (isComplete(rollout, status)
                || rollout.deployment().spec().paused()
                || progress.filter(DeploymentStatuses::isSettled).isPresent()) {
            return Optional.empty();
        }
        return deadline(rollout.deployment())
                .flatMap(deadline -> progress.map(DeploymentCondition::lastUpdateTime)
                        .map(since -> Duration.between(now, since.instant().plus(deadline))))
                .map(left -> (left.isNegative() ? Duration.ZERO : left).plusSeconds(1));
    }

    /** A roll-out that ended, well or not, has no deadline any more. */
    private static boolean isSettled(DeploymentCondition progress) {
        return progress.reason().equals(Conditions.TIMED_OUT)
                || progress.reason().equals(Conditions.COMPLETE);
    }

    private static DeploymentStatus counted(Rollout rollout) {
        List<ReplicaSet> all = rollout.all();
        ReplicaSet current = rollout.current();
        int available = sum(all.stream().map(set -> set.status().availableReplicas()));
        return DeploymentStatusBuilder.builder(rollout.deployment().status())
                .observedGeneration(rollout.deployment().metadata().generation())
                .replicas(sum(all.stream().map(set -> set.status().replicas())))
                .updatedReplicas(current == null ? 0 : current.status().replicas())
                .readyReplicas(sum(all.stream().map(set -> set.status().readyReplicas())))
                .availableReplicas(available)
                .unavailableReplicas(Math.max(0, Rollout.size(all) - available))
                .build();
    }

    private static Conditions availability(
            Rollout rollout, DeploymentStatus status, Conditions conditions, Instant now) {
        int least = rollout.wanted() - rollout.limits().maxUnavailable();
        return status.availableReplicas() >= least
                ? conditions.with(
                        AVAILABLE,
                        ConditionStatus.TRUE,
                        Conditions.ENOUGH_AVAILABLE,
                        "Deployment has minimum availability.",
                        now)
                : conditions.with(
                        AVAILABLE,
                        ConditionStatus.FALSE,
                        Conditions.TOO_FEW_AVAILABLE,
                        "Deployment does not have minimum availability.",
                        now);
    }

    private static Conditions progress(Rollout rollout, DeploymentStatus status, Conditions conditions, Instant now) {
        boolean wasComplete =
                status.replicas() == status.updatedReplicas() && conditions.has(PROGRESSING, Conditions.COMPLETE);
        if (wasComplete) {
            return conditions;
        }
        ReplicaSet current = rollout.current();
        String what = current == null
                ? "Deployment \"" + rollout.deployment().metadata().name() + "\""
                : "ReplicaSet \"" + current.metadata().name() + "\"";
        if (isComplete(rollout, status)) {
            String message = what + " has successfully progressed.";
            return conditions.with(PROGRESSING, ConditionStatus.TRUE, Conditions.COMPLETE, message, now);
        }
        if (hasProgressed(rollout.deployment().status(), status)) {
            return conditions.refreshed(
                    PROGRESSING, ConditionStatus.TRUE, Conditions.REPLICA_SET_UPDATED, what + " is progressing.", now);
        }
        if (hasTimedOut(rollout, conditions, now)) {
            String message = what + " has timed out progressing.";
            return conditions.with(PROGRESSING, ConditionStatus.FALSE, Conditions.TIMED_OUT, message, now);
        }
        return conditions;
    }

    private static boolean isComplete(Rollout rollout, DeploymentStatus status) {
        int wanted = rollout.wanted();
        return status.updatedReplicas() == wanted
                && status.replicas() == wanted
                && status.availableReplicas() == wanted;
    }

    private static boolean hasProgressed(DeploymentStatus before, DeploymentStatus after) {
        int oldBefore = before.replicas() - before.updatedReplicas();
        int oldAfter = after.replicas() - after.updatedReplicas();
        return after.updatedReplicas() > before.updatedReplicas()
                || oldAfter < oldBefore
                || after.readyReplicas() > before.readyReplicas()
                || after.availableReplicas() > before.availableReplicas();
    }

    private static boolean hasTimedOut(Rollout rollout, Conditions conditions, Instant now) {
        DeploymentCondition progress = conditions.get(PROGRESSING).orElse(null);
        if (progress == null || progress.reason().equals(Conditions.COMPLETE)) {
            return false;
        }
        if (progress.reason().equals(Conditions.TIMED_OUT)) {
            return true;
        }
        Time since = progress.lastUpdateTime();
        return deadline(rollout.deployment())
                .filter(deadline ->
                        since != null && since.instant().plus(deadline).isBefore(now))
                .isPresent();
    }

    /** A set that cannot make its pods: the current one's trouble before that of others. */
    private static Conditions failures(Rollout rollout, Conditions conditions, Instant now) {
        Stream<ReplicaSet> sets = Stream.concat(Stream.ofNullable(rollout.current()), rollout.old().stream());
        Optional<ReplicaSetCondition> failure = sets.map(set -> set.status().conditions())
                .flatMap(Collection::stream)
                .filter(condition -> condition.type().equals(ReplicaSetConditionType.REPLICA_FAILURE))
                .findFirst();
        return failure.map(
                        found -> conditions.with(REPLICA_FAILURE, found.status(), found.reason(), found.message(), now))
                .orElseGet(() -> conditions.without(REPLICA_FAILURE));
    }

    private static int sum(Stream<Integer> numbers) {
        return numbers.mapToInt(Integer::intValue).sum();
    }
}
