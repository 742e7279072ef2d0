package io.orchestrator.apiserver.table;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobConditionType;
import io.orchestrator.api.model.core.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Prints jobs, and those that make them. */
final class BatchRows {
    private BatchRows() {}

    static RowPrinter<Job> jobs() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Status", "How far the job has come"),
                        Column.text("Completions", "Pods that have succeeded, of those wanted"),
                        Column.text("Duration", "How long the job has run"),
                        Column.age(),
                        WorkloadRows.CONTAINERS,
                        WorkloadRows.IMAGES,
                        WorkloadRows.SELECTOR),
                (job, now) -> {
                    List<Container> containers = job.spec().template().spec().containers();
                    return List.of(
                            job.metadata().name(),
                            status(job),
                            completions(job),
                            duration(job, now),
                            Age.of(job, now),
                            WorkloadRows.names(containers),
                            WorkloadRows.images(containers),
                            WorkloadRows.selector(job.spec().selector()));
                });
    }

    static RowPrinter<CronJob> cronJobs() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("Schedule", "When jobs are made, in the form of cron"),
                        Column.text("Timezone", "The time zone of the schedule"),
                        Column.text("Suspend", "Whether no jobs are made for now"),
                        Column.number("Active", "Jobs that are running"),
                        Column.text("Last Schedule", "Time since a job was last made"),
                        Column.age(),
                        WorkloadRows.CONTAINERS,
                        WorkloadRows.IMAGES,
                        WorkloadRows.SELECTOR),
                (cron, now) -> {
                    var template = cron.spec().jobTemplate().spec();
                    List<Container> containers = template.template().spec().containers();
                    Time last = cron.status().lastScheduleTime();
                    return List.of(
                            cron.metadata().name(),
                            cron.spec().schedule(),
                            Objects.requireNonNullElse(cron.spec().timeZone(), "<none>"),
                            Boolean.TRUE.equals(cron.spec().suspend()) ? "True" : "False",
                            cron.status().active().size(),
                            last == null ? "<none>" : Age.since(last, now),
                            Age.of(cron, now),
                            WorkloadRows.names(containers),
                            WorkloadRows.images(containers),
                            WorkloadRows.selector(template.selector()));
                });
    }

    private static String status(Job job) {
        Optional<String> ended = first(job, JobConditionType.COMPLETE, JobConditionType.FAILED);
        if (ended.isEmpty() && job.metadata().deletionTimestamp() != null) {
            return "Terminating";
        }
        return ended.or(() -> first(
                        job,
                        JobConditionType.SUSPENDED,
                        JobConditionType.FAILURE_TARGET,
                        JobConditionType.SUCCESS_CRITERIA_MET))
                .orElse("Running");
    }

    private static Optional<String> first(Job job, String... types) {
        return Stream.of(types)
                .filter(type -> job.status()
                        .condition(type)
                        .filter(condition -> condition.status().equals(ConditionStatus.TRUE))
                        .isPresent())
                .findFirst();
    }

    private static String completions(Job job) {
        Integer wanted = job.spec().completions();
        int succeeded = job.status().succeeded();
        if (wanted != null) {
            return succeeded + "/" + wanted;
        }
        int parallelism = Objects.requireNonNullElse(job.spec().parallelism(), 0);
        return succeeded + "/1" + (parallelism > 1 ? " of " + parallelism : "");
    }

    private static String duration(Job job, Instant now) {
        Time start = job.status().startTime();
        Time end = job.status().completionTime();
        if (start == null) {
            return "";
        }
        return Age.human(Duration.between(start.instant(), end == null ? now : end.instant()));
    }
}
