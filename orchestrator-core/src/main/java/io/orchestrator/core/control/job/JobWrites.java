package io.orchestrator.core.control.job;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobStatus;
import io.orchestrator.api.model.batch.JobStatusBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.control.Expectations;
import io.orchestrator.core.control.pods.Claims;
import io.orchestrator.core.control.pods.Ownership;
import io.orchestrator.core.control.pods.PodWrites;
import io.orchestrator.core.control.pods.RefusedWrite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out one {@link JobPlan}. */
final class JobWrites {
    private final Job job;
    private final ObjectKey key;
    private final Context context;
    private final Expectations expectations;
    private final PodWrites pods;

    JobWrites(Job job, Context context, Expectations expectations) {
        this.job = job;
        this.key = ObjectKey.of(job);
        this.context = context;
        this.expectations = expectations;
        this.pods = new PodWrites(job, context, expectations);
    }

    /** The job's pods, after those that match were adopted and those that no longer do were let go. */
    List<Pod> claim(Collection<Pod> candidates) {
        Claims<Pod> claims = Claims.of(job, Selector.of(job.spec().selector()), candidates);
        List<Pod> mine = new ArrayList<>(claims.owned());
        if (!claims.adopt().isEmpty() && isStillThere()) {
            for (Pod pod : claims.adopt()) {
                List<String> finalizers = new ArrayList<>(pod.metadata().finalizers());
                if (!JobPods.isTracked(pod)) {
                    finalizers.add(JobPods.FINALIZER);
                }
                ObjectMeta adopted = Ownership.adopted(pod, Ownership.referenceTo(job, Job.TYPE));
                update(pod, adopted.withFinalizers(finalizers), context).ifPresent(mine::add);
            }
        }
        for (Pod pod : claims.release()) {
            Pod untracked = pod.withMetadata(JobPods.untracked(pod));
            update(pod, Ownership.released(untracked, job.metadata().uid()), context);
        }
        return mine;
    }

    /** Fails with the first write that was refused, after all others were tried. */
    void carryOut(JobPlan plan) {
        RefusedWrite failure = pods.createAll(plan.create());
        int gone = 0;
        for (Pod pod : plan.withdraw()) {
            release(pod);
            failure = first(failure, pods.delete(pod));
            gone++;
        }
        for (Pod pod : plan.stop()) {
            failure = first(failure, pods.delete(pod));
            gone++;
        }
        write(plan, gone);
        plan.release().forEach(this::release);
        if (failure != null) {
            throw failure.cause();
        }
    }

    /** Lets go of a pod that is there for nobody. */
    static void untrack(Pod pod, Context context) {
        update(pod, JobPods.untracked(pod), context);
    }

    private void write(JobPlan plan, int gone) {
        JobStatus planned = plan.status();
        JobStatus status = planned.equals(job.status()) && plan.create().isEmpty() && gone == 0
                ? planned
                : JobStatusBuilder.builder(planned)
                        .active(planned.active() + pods.created().size() - gone)
                        .terminating(Objects.requireNonNullElse(planned.terminating(), 0) + gone)
                        .build();
        if (!status.equals(job.status())) {
            expectations.wrote(
                    key,
                    context.client()
                            .resources(Job.TYPE)
                            .inNamespace(key.namespace())
                            .updateStatus(job.withStatus(status)));
        }
        for (JobPlan.Told told : plan.told()) {
            if (told.warning()) {
                context.events().warning(job, told.reason(), told.message());
            } else {
                context.events().normal(job, told.reason(), told.message());
            }
        }
    }

    private void release(Pod pod) {
        if (!JobPods.isTracked(pod)) {
            return;
        }
        Pod answer = update(pod, JobPods.untracked(pod), context).orElse(null);
        if (answer == null || answer.metadata().deletionTimestamp() != null) {
            expectations.deleted(key, pod);
        } else {
            expectations.wrote(key, answer);
        }
    }

    private boolean isStillThere() {
        return context.client()
                .resources(Job.TYPE)
                .inNamespace(key.namespace())
                .find(key.name())
                .filter(live -> live.metadata().uid().equals(job.metadata().uid()))
                .filter(live -> live.metadata().deletionTimestamp() == null)
                .isPresent();
    }

    /** Empty when the pod is gone. */
    private static Optional<Pod> update(Pod pod, ObjectMeta metadata, Context context) {
        ResourceClient<Pod> client =
                context.client().pods().inNamespace(pod.metadata().namespace());
        try {
            return Optional.of(client.update(pod.withMetadata(metadata)));
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static @Nullable RefusedWrite first(@Nullable RefusedWrite one, @Nullable RefusedWrite other) {
        return one != null ? one : other;
    }
}
