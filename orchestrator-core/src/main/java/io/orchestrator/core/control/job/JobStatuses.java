package io.orchestrator.core.control.job;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.batch.JobCondition;
import io.orchestrator.api.model.batch.JobConditionBuilder;
import io.orchestrator.api.model.batch.JobConditionType;
import io.orchestrator.api.model.batch.JobStatus;
import io.orchestrator.api.model.batch.JobStatusBuilder;
import io.orchestrator.core.control.job.JobPlan.Told;
import io.orchestrator.core.control.job.Tally.Notes;
import io.orchestrator.core.control.pods.PodFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job's status should say. */
final class JobStatuses {
    /** A status, and what is worth telling of the way there. */
    record Next(JobStatus status, List<Told> told) {}

    private final JobState state;
    private final Time now;
    private final List<JobCondition> conditions;
    private final List<Told> told = new ArrayList<>();

    private JobStatuses(JobState state) {
        this.state = state;
        this.now = Time.of(state.now());
        this.conditions = new ArrayList<>(state.status().conditions());
    }

    static Next next(JobState state, Tally tally, Notes notes, @Nullable Ending ending) {
        return new JobStatuses(state).next(tally, notes, ending);
    }

    private Next next(Tally tally, Notes notes, @Nullable Ending ending) {
        JobStatusBuilder status = JobStatusBuilder.builder(state.status())
                .active(state.active().size())
                .ready((int) state.active().stream().filter(PodFacts::isReady).count())
                .terminating(state.terminating().size())
                .succeeded(notes.succeeded())
                .failed(notes.failed())
                .uncountedTerminatedPods(notes.noted())
                .completedIndexes(notes.completed().toString());
        if (state.isPerIndex()) {
            status.failedIndexes(tally.failedIndexes().toString());
        }
        if (state.status().startTime() == null && !state.isSuspended()) {
            status.startTime(now);
        }
        if (ending == null) {
            suspended(status);
        } else {
            set(ending.announced(), ConditionStatus.TRUE, ending.reason(), ending.message());
            if (isOver(notes)) {
                finish(ending, status);
            }
        }
        return new Next(status.conditions(conditions).build(), told);
    }

    /** Nothing runs any more, and everything is counted. */
    private boolean isOver(Notes notes) {
        return notes.noted().succeeded().isEmpty()
                && notes.noted().failed().isEmpty()
                && state.active().isEmpty()
                && state.terminating().isEmpty()
                && state.pods().stream().noneMatch(JobPods::isTracked);
    }

    private void finish(Ending ending, JobStatusBuilder status) {
        set(ending.finished(), ConditionStatus.TRUE, ending.reason(), ending.message());
        if (ending.success()) {
            status.completionTime(now);
            told.add(new Told(false, "Completed", "Job completed"));
        } else {
            told.add(new Told(true, ending.reason(), ending.message()));
        }
    }

    private void suspended(JobStatusBuilder status) {
        if (state.isSuspended() && !state.has(JobConditionType.SUSPENDED)) {
            set(JobConditionType.SUSPENDED, ConditionStatus.TRUE, "JobSuspended", "Job suspended");
            told.add(new Told(false, "Suspended", "Job suspended"));
        } else if (state.isResumed()) {
            set(JobConditionType.SUSPENDED, ConditionStatus.FALSE, "JobResumed", "Job resumed");
            status.startTime(now);
            told.add(new Told(false, "Resumed", "Job resumed"));
        }
    }

    private void set(String type, String value, String reason, String message) {
        boolean told = conditions.stream()
                .anyMatch(condition ->
                        condition.type().equals(type) && condition.status().equals(value));
        if (told) {
            return;
        }
        JobCondition condition = JobConditionBuilder.builder()
                .type(type)
                .status(value)
                .lastProbeTime(now)
                .lastTransitionTime(now)
                .reason(reason)
                .message(message)
                .build();
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).type().equals(type)) {
                conditions.set(i, condition);
                return;
            }
        }
        conditions.add(condition);
    }
}
