package io.orchestrator.core.control.job;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.model.batch.CompletionMode;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobConditionType;
import io.orchestrator.api.model.batch.JobSpec;
import io.orchestrator.api.model.batch.JobStatus;
import io.orchestrator.api.model.batch.PodReplacementPolicy;
import io.orchestrator.api.model.batch.UncountedTerminatedPods;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.core.control.pods.PodFacts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A job and its pods, as they are planned on.
 *
 * @param pods all that the job controls, ended ones too
 */
record JobState(Job job, List<Pod> pods, Instant now) {
    JobState {
        pods = List.copyOf(pods);
    }

    JobSpec spec() {
        return job.spec();
    }

    JobStatus status() {
        return job.status();
    }

    boolean isIndexed() {
        return CompletionMode.INDEXED.equals(spec().completionMode());
    }

    int parallelism() {
        return Objects.requireNonNullElse(spec().parallelism(), 1);
    }

    boolean isSuspended() {
        return Boolean.TRUE.equals(spec().suspend());
    }

    /** It was suspended, as its status still says, and is so no more. */
    boolean isResumed() {
        return !isSuspended() && has(JobConditionType.SUSPENDED);
    }

    /** Each index has a back-off limit of its own. */
    boolean isPerIndex() {
        return isIndexed() && spec().backoffLimitPerIndex() != null;
    }

    /** How many completions are wanted of an indexed job, which always says so. */
    int indexes() {
        return Objects.requireNonNullElse(spec().completions(), 0);
    }

    boolean isBeingDeleted() {
        return job.metadata().deletionTimestamp() != null;
    }

    boolean isFinished() {
        return has(JobConditionType.COMPLETE) || has(JobConditionType.FAILED);
    }

    boolean has(String condition) {
        return status().condition(condition)
                .filter(found -> found.status().equals(ConditionStatus.TRUE))
                .isPresent();
    }

    UncountedTerminatedPods uncounted() {
        return Objects.requireNonNullElse(status().uncountedTerminatedPods(), UncountedTerminatedPods.EMPTY);
    }

    /** A pod that was asked to go is replaced only when it has failed indeed. */
    boolean replacesOnlyFailed() {
        return PodReplacementPolicy.FAILED.equals(spec().podReplacementPolicy()) || spec().podFailurePolicy() != null;
    }

    /** A pod that was asked to go counts as failed at once, unless only a real failure is one. */
    boolean isFailed(Pod pod) {
        if (pod.status().phase().equals(PodPhase.FAILED)) {
            return true;
        }
        return !replacesOnlyFailed() && pod.metadata().deletionTimestamp() != null && !JobPods.hasSucceeded(pod);
    }

    FailureRules.Consequence consequence(Pod failed) {
        return FailureRules.of(spec().podFailurePolicy(), failed);
    }

    List<Pod> active() {
        return pods.stream().filter(PodFacts::isActive).toList();
    }

    List<Pod> terminating() {
        return pods.stream().filter(JobPods::isTerminating).toList();
    }

    /** Whether an indexed job has the pod's index at all; always true for other jobs. */
    boolean hasIndexOf(Pod pod) {
        int index = JobPods.index(pod);
        return !isIndexed() || (index >= 0 && index < indexes());
    }
}
