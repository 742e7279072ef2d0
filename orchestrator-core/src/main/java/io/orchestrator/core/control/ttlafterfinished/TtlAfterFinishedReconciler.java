package io.orchestrator.core.control.ttlafterfinished;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobCondition;
import io.orchestrator.api.model.batch.JobConditionType;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Deletes a job when its time after its end is over. The server decides: a cached job may have been given more time. */
public final class TtlAfterFinishedReconciler implements Reconciler {

    /** The controller, ready for the engine. */
    public static ControllerSpec controller() {
        return ControllerSpec.named("ttl-after-finished-controller")
                .reconciles(Job.TYPE)
                .with(new TtlAfterFinishedReconciler());
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Instant now = context.clock().instant();
        Optional<Duration> cached = context.view().get(Job.TYPE, key).flatMap(job -> left(job, now));
        if (cached.isEmpty()) {
            return Outcome.done();
        }
        if (!isOver(cached.get())) {
            return later(cached.get());
        }
        ResourceClient<Job> jobs = context.client().resources(Job.TYPE).inNamespace(key.namespace());
        Job live = jobs.find(key.name()).orElse(null);
        Optional<Duration> left = live == null ? Optional.empty() : left(live, now);
        if (live == null || left.isEmpty()) {
            return Outcome.done();
        }
        if (!isOver(left.get())) {
            return later(left.get());
        }
        delete(jobs, live);
        return Outcome.done();
    }

    private static void delete(ResourceClient<Job> jobs, Job live) {
        try {
            jobs.delete(
                    live.metadata().name(),
                    DeleteOptions.defaults()
                            .propagate(DeleteOptions.Propagation.FOREGROUND)
                            .onlyUid(live.metadata().uid())
                            .onlyVersion(live.metadata().resourceVersion()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /** How long the job is still to be kept; empty when nothing says so. */
    private static Optional<Duration> left(Job job, Instant now) {
        Integer seconds = job.spec().ttlSecondsAfterFinished();
        if (seconds == null || job.metadata().deletionTimestamp() != null) {
            return Optional.empty();
        }
        return job.status().conditions().stream()
                .filter(condition -> condition.type().equals(JobConditionType.COMPLETE)
                        || condition.type().equals(JobConditionType.FAILED))
                .filter(condition -> condition.status().equals(ConditionStatus.TRUE))
                .map(JobCondition::lastTransitionTime)
                .filter(Objects::nonNull)
                .map(Time::instant)
                .map(ended -> Duration.between(now, ended.plusSeconds(seconds)))
                .findFirst();
    }

    private static boolean isOver(Duration left) {
        return left.isNegative() || left.isZero();
    }

    private static Outcome later(Duration left) {
        return Outcome.retryAfter(left, "the job is to be kept for so long");
    }
}
