package io.orchestrator.core.control.deployment;

import static io.orchestrator.api.model.apps.DeploymentConditionType.PROGRESSING;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStatus;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Claims;
import io.orchestrator.core.control.pods.Ownership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Carries out the steps of one round, and then writes down how the roll-out stands. */
final class RolloutWrites {
    private static final String SCALING = "ScalingReplicaSet";
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private final Context context;
    private final Expectations expectations;
    private final ObjectKey key;
    private final ResourceClient<ReplicaSet> sets;
    private final ResourceClient<Deployment> deployments;
    private final Instant now;

    private Deployment deployment;
    private Conditions conditions;

    RolloutWrites(Deployment deployment, Context context, Expectations expectations) {
        this.deployment = deployment;
        this.context = context;
        this.expectations = expectations;
        this.key = ObjectKey.of(deployment);
        this.sets = context.client().replicaSets().inNamespace(key.namespace());
        this.deployments = context.client().deployments().inNamespace(key.namespace());
        this.now = context.clock().instant();
        this.conditions = paused(new Conditions(deployment.status().conditions()));
    }

    /** The Deployment's sets, after those that match were adopted and those that no longer do were let go. */
    List<ReplicaSet> claim(Collection<ReplicaSet> candidates) {
        Claims<ReplicaSet> claims =
                Claims.of(deployment, Selector.of(deployment.spec().selector()), candidates);
        List<ReplicaSet> mine = new ArrayList<>(claims.owned());
        if (!claims.adopt().isEmpty() && mayAdopt()) {
            for (ReplicaSet set : claims.adopt()) {
                mine.add(sets.update(set.withMetadata(Ownership.adopted(set, RolloutPlan.reference(deployment)))));
            }
        }
        for (ReplicaSet set : claims.release()) {
            sets.update(set.withMetadata(
                    Ownership.released(set, deployment.metadata().uid())));
        }
        return mine;
    }

    /** Says that the spec was seen, without acting on it. */
    void observe() {
        long generation = deployment.metadata().generation();
        if (deployment.status().observedGeneration() < generation) {
            deployments.updateStatus(deployment.withStatus(deployment.status().withObservedGeneration(generation)));
        }
    }

    Outcome carryOut(Rollout rollout, List<Step> steps) {
        Rollout after = rollout;
        for (Step step : steps) {
            after = carryOut(after, step);
        }
        return finish(after);
    }

    /** Writes revision and status where they changed. */
    Outcome finish(Rollout rollout) {
        ReplicaSet current = rollout.current();
        if (current != null) {
            if (DeploymentStatuses.deadline(deployment).isPresent()
                    && conditions.get(PROGRESSING).isEmpty()) {
                progressing(Conditions.FOUND_REPLICA_SET, "Found new replica set " + quoted(current));
            }
            noteRevision(current);
        }
        Rollout noted = rollout.with(deployment);
        DeploymentStatus status = DeploymentStatuses.of(noted, conditions, now);
        if (!status.equals(deployment.status())) {
            deployment = deployments.updateStatus(deployment.withStatus(status));
        }
        return DeploymentStatuses.untilDeadline(noted, status, now)
                .map(delay -> Outcome.retryAfter(delay, "the progress deadline"))
                .orElseGet(Outcome::done);
    }

    private Rollout carryOut(Rollout rollout, Step step) {
        if (step instanceof Step.Create create) {
            return create(rollout, create.set());
        } else if (step instanceof Step.Annotate annotate) {
            return rollout.with(update(annotate.set()));
        } else if (step instanceof Step.Resize resize) {
            return resize(rollout, resize);
        } else if (step instanceof Step.Remove remove) {
            return remove(rollout, remove.set());
        }
        throw new IllegalStateException("unknown step " + step);
    }

    private Rollout resize(Rollout rollout, Step.Resize resize) {
        ReplicaSet set = update(resize.set());
        if (resize.from() != resize.to()) {
            tellScaled(set, resize.from(), resize.to());
        }
        return rollout.with(set);
    }

    private Rollout remove(Rollout rollout, ReplicaSet set) {
        try {
            sets.delete(
                    set.metadata().name(),
                    DeleteOptions.defaults().onlyUid(set.metadata().uid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                expectations.doubt(key);
                throw e;
            }
        }
        expectations.deleted(key, set);
        return rollout.without(set);
    }

    private ReplicaSet update(ReplicaSet set) {
        try {
            ReplicaSet updated = sets.update(set);
            expectations.wrote(key, updated);
            return updated;
        } catch (ApiException e) {
            if (e.outcomeUnknown()) {
                expectations.doubt(key);
            }
            throw e;
        }
    }

    private Rollout create(Rollout rollout, ReplicaSet wanted) {
        try {
            ReplicaSet created = sets.create(wanted);
            expectations.wrote(key, created);
            progressing(Conditions.NEW_REPLICA_SET, "Created new replica set " + quoted(created));
            int size = Rollout.size(created);
            if (size > 0) {
                tellScaled(created, 0, size);
            }
            return rollout.with(created);
        } catch (ApiException e) {
            if (e.isAlreadyExists() || e.outcomeUnknown()) {
                return meet(rollout, wanted, e);
            }
            if (e.causes().stream().noneMatch(cause -> cause.reason().equals(NAMESPACE_TERMINATING))) {
                tellFailed(rollout, wanted, e);
            }
            throw e;
        }
    }

    /** Something bears the name: the set that was wanted, made by a call that went unanswered, or a stranger. */
    private Rollout meet(Rollout rollout, ReplicaSet wanted, ApiException unknown) {
        expectations.doubt(key);
        ReplicaSet found = sets.find(wanted.metadata().name()).orElseThrow(() -> unknown);
        boolean ours = Ownership.isControlledBy(found, deployment.metadata().uid());
        if (ours && Rollout.isOf(found, deployment.spec().template())) {
            return rollout.with(found);
        }
        int collisions = Objects.requireNonNullElse(deployment.status().collisionCount(), 0) + 1;
        deployments.updateStatus(deployment.withStatus(deployment.status().withCollisionCount(collisions)));
        throw unknown;
    }

    private void tellFailed(Rollout rollout, ReplicaSet wanted, ApiException cause) {
        String message = "Failed to create new replica set " + quoted(wanted) + ": " + cause.getMessage();
        context.events().warning(deployment, Conditions.FAILED_CREATE, message);
        if (DeploymentStatuses.deadline(deployment).isPresent()) {
            conditions = conditions.with(PROGRESSING, ConditionStatus.FALSE, Conditions.FAILED_CREATE, message, now);
            finish(rollout);
        }
    }

    /** The Deployment bears the revision of its current set. */
    private void noteRevision(ReplicaSet current) {
        String revision = current.metadata().annotations().get(Revisions.REVISION);
        Map<String, String> before = deployment.metadata().annotations();
        if (revision != null && !revision.equals(before.get(Revisions.REVISION))) {
            Map<String, String> annotations = new LinkedHashMap<>(before);
            annotations.put(Revisions.REVISION, revision);
            deployment = deployments.update(
                    deployment.withMetadata(deployment.metadata().withAnnotations(annotations)));
        }
    }

    private boolean mayAdopt() {
        return deployments
                .find(key.name())
                .filter(live ->
                        live.metadata().uid().equals(deployment.metadata().uid()))
                .filter(live -> live.metadata().deletionTimestamp() == null)
                .isPresent();
    }

    /** What a pause or its end means for the progress: the time stands still. */
    private Conditions paused(Conditions before) {
        if (DeploymentStatuses.deadline(deployment).isEmpty() || before.has(PROGRESSING, Conditions.TIMED_OUT)) {
            return before;
        }
        boolean noted = before.has(PROGRESSING, Conditions.PAUSED);
        if (deployment.spec().paused() && !noted) {
            return before.with(PROGRESSING, ConditionStatus.UNKNOWN, Conditions.PAUSED, "Deployment is paused", now);
        }
        if (!deployment.spec().paused() && noted) {
            return before.with(PROGRESSING, ConditionStatus.UNKNOWN, Conditions.RESUMED, "Deployment is resumed", now);
        }
        return before;
    }

    private void progressing(String reason, String message) {
        if (DeploymentStatuses.deadline(deployment).isPresent()) {
            conditions = conditions.with(PROGRESSING, ConditionStatus.TRUE, reason, message, now);
        }
    }

    private void tellScaled(ReplicaSet set, int from, int to) {
        String direction = to > from ? "up" : "down";
        context.events()
                .normal(
                        deployment,
                        SCALING,
                        "Scaled " + direction + " replica set " + set.metadata().name() + " from " + from + " to "
                                + to);
    }

    private static String quoted(ReplicaSet set) {
        return "\"" + set.metadata().name() + "\"";
    }
}
