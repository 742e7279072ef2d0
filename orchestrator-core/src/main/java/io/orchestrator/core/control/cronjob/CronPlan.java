package io.orchestrator.core.control.cronjob;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.batch.ConcurrencyPolicy;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobConditionType;
import io.orchestrator.api.model.core.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a cron job needs next.
 *
 * @param active the jobs that run, with those that a predecessor made just before it died, without the one that is to start
 * @param missing those that are said to run and are not to be found
 * @param unexpected jobs that run although nobody here started them
 * @param surplus ended jobs that are more than are to be kept
 * @param replaced running jobs that make place for the one that is to start
 * @param due the last moment at which a job was due, if none was made for it yet
 * @param start the moment for which a job is to be made now
 * @param again when to look again, whatever happens
 */
record CronPlan(
        List<ObjectReference> active,
        List<ObjectReference> missing,
        List<Job> unexpected,
        @Nullable Time lastStart,
        @Nullable Time lastSuccess,
        List<Job> surplus,
        List<ObjectReference> replaced,
        Optional<Instant> due,
        Optional<Instant> start,
        List<Told> told,
        Optional<Duration> again) {
    /** As people read it: {@code Thu, 01 Jan 2026 12:00:00 +0000}. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

    /** The wall clock may be set while nobody looks. */
    private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(10);

    /** An event to be written. */
    record Told(boolean warning, String reason, String message) {}

    /** @param jobs all that the cron job controls */
    static CronPlan of(CronJob cron, Collection<Job> jobs, Timetable timetable, Instant now) {
        return new Planning(cron, jobs, now).plan(timetable);
    }

    /** For one whose schedule nobody understands: its jobs are looked after, none is made. */
    static CronPlan withoutStarts(CronJob cron, Collection<Job> jobs, Instant now) {
        return new Planning(cron, jobs, now).result();
    }

    /** Whether nothing is to be written; events alone are no reason to. */
    boolean isEmpty(CronJob cron) {
        return start.isEmpty()
                && missing.isEmpty()
                && surplus.isEmpty()
                && active.equals(cron.status().active())
                && Objects.equals(lastStart, cron.status().lastScheduleTime())
                && Objects.equals(lastSuccess, cron.status().lastSuccessfulTime());
    }

    private static final class Planning {
        private final CronJob cron;
        private final Instant now;
        private final List<Job> jobs;
        private final List<ObjectReference> active = new ArrayList<>();
        private final List<ObjectReference> missing = new ArrayList<>();
        private final List<Told> told = new ArrayList<>();
        private final List<Job> unexpected = new ArrayList<>();
        private List<ObjectReference> replaced = List.of();
        private @Nullable Time lastStart;
        private @Nullable Instant due;
        private @Nullable Instant start;
        private @Nullable Duration again;

        Planning(CronJob cron, Collection<Job> jobs, Instant now) {
            this.cron = cron;
            this.now = now;
            this.jobs = List.copyOf(jobs);
            this.lastStart = cron.status().lastScheduleTime();
            Set<String> known =
                    cron.status().active().stream().map(ObjectReference::uid).collect(Collectors.toSet());
            cron.status().active().forEach(this::follow);
            this.jobs.stream()
                    .filter(job -> !known.contains(job.metadata().uid()))
                    .forEach(this::meet);
        }

        CronPlan plan(Timetable timetable) {
            boolean suspended = Boolean.TRUE.equals(cron.spec().suspend());
            if (cron.metadata().deletionTimestamp() == null && !suspended) {
                timetable.due(cron, now).ifPresent(due -> start(due, timetable));
                again = timetable
                        .untilNext(now)
                        .map(next -> next.compareTo(AT_LEAST_EVERY) < 0 ? next : AT_LEAST_EVERY)
                        .orElse(null);
            }
            return result();
        }

        CronPlan result() {
            return new CronPlan(
                    List.copyOf(active),
                    List.copyOf(missing),
                    List.copyOf(unexpected),
                    lastStart,
                    lastSuccess(),
                    surplus(),
                    replaced,
                    Optional.ofNullable(due),
                    Optional.ofNullable(start),
                    List.copyOf(told),
                    Optional.ofNullable(again));
        }

        private void follow(ObjectReference reference) {
            Job job = jobs.stream()
                    .filter(each -> each.metadata().uid().equals(reference.uid()))
                    .findFirst()
                    .orElse(null);
            if (job == null) {
                missing.add(reference);
                return;
            }
            CronJobs.end(job)
                    .ifPresentOrElse(
                            end -> told.add(new Told(
                                    false,
                                    "SawCompletedJob",
                                    "Saw completed job: " + reference.name() + ", condition: " + end)),
                            () -> active.add(reference));
        }

        /** A job that the status does not tell of. */
        private void meet(Job job) {
            boolean runs = CronJobs.end(job).isEmpty() && job.metadata().deletionTimestamp() == null;
            Instant scheduled = CronJobs.scheduled(cron, job).orElse(null);
            if (scheduled == null) {
                if (runs) {
                    unexpected.add(job);
                }
                return;
            }
            if (runs) {
                active.add(CronJobs.reference(job));
            }
            Time time = Time.of(scheduled);
            lastStart = lastStart == null || time.isAfter(lastStart) ? time : lastStart;
        }

        private void start(Timetable.Due found, Timetable timetable) {
            Instant latest = found.latest();
            if (lastStart != null && !lastStart.instant().isBefore(latest)
                    || active.stream().anyMatch(job -> job.name().equals(CronJobs.name(cron, latest)))) {
                return;
            }
            due = latest;
            if (timetable.zoneInSchedule()) {
                told.add(new Told(
                        true,
                        "UnsupportedSchedule",
                        "CRON_TZ or TZ used in schedule \"" + cron.spec().schedule()
                                + "\" is not officially supported"));
            }
            if (found.tooLate()) {
                told.add(new Told(
                        true,
                        "MissSchedule",
                        "Missed scheduled time to start a job: " + MOMENT.format(latest.atOffset(ZoneOffset.UTC))));
                return;
            }
            if (found.many()) {
                told.add(new Told(
                        true,
                        "TooManyMissedTimes",
                        "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check"
                                + " clock skew"));
            }
            boolean somethingRuns = !active.isEmpty() || !missing.isEmpty();
            if (somethingRuns && cron.spec().concurrencyPolicy().equals(ConcurrencyPolicy.FORBID)) {
                told.add(new Told(
                        false,
                        "JobAlreadyActive",
                        "Not starting job because prior execution is running and concurrency policy is Forbid"));
                return;
            }
            if (cron.spec().concurrencyPolicy().equals(ConcurrencyPolicy.REPLACE)) {
                replaced = List.copyOf(active);
                active.clear();
            }
            start = latest;
        }

        private @Nullable Time lastSuccess() {
            Time last = cron.status().lastSuccessfulTime();
            for (Job job : jobs) {
                Time completed = job.status().completionTime();
                boolean succeeded = CronJobs.end(job)
                        .filter(JobConditionType.COMPLETE::equals)
                        .isPresent();
                if (succeeded && completed != null && (last == null || completed.isAfter(last))) {
                    last = completed;
                }
            }
            return last;
        }

        private List<Job> surplus() {
            List<Job> surplus = new ArrayList<>();
            surplus.addAll(oldest(JobConditionType.COMPLETE, cron.spec().successfulJobsHistoryLimit()));
            surplus.addAll(oldest(JobConditionType.FAILED, cron.spec().failedJobsHistoryLimit()));
            return surplus;
        }

        private List<Job> oldest(String end, @Nullable Integer limit) {
            List<Job> ended = jobs.stream()
                    .filter(job -> CronJobs.end(job).filter(end::equals).isPresent())
                    .filter(job -> job.metadata().deletionTimestamp() == null)
                    .sorted(Comparator.comparing(Planning::begun)
                            .thenComparing(job -> job.metadata().name()))
                    .toList();
            return limit == null ? List.of() : ended.subList(0, Math.max(0, ended.size() - limit));
        }

        private static Instant begun(Job job) {
            Time begun = job.status().startTime();
            Time time = begun != null ? begun : job.metadata().creationTimestamp();
            return time == null ? Instant.MIN : time.instant();
        }
    }
}
