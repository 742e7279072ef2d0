package io.orchestrator.core.control.cronjob;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.core.cron.CronSchedule;
import io.orchestrator.core.cron.ZonedExpression;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * When a cron job's jobs are due.
 *
 * @param zoneInSchedule whether the schedule itself names its zone, which new ones may not
 */
record Timetable(CronSchedule schedule, ZoneId zone, boolean zoneInSchedule) {
    /** So many missed starts are worth a warning. */
    private static final int MANY = 100;

    /** A schedule or a zone that nobody understands. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        UnreadableException(String reason, String message, IllegalArgumentException cause) {
            super(message, cause);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /**
     * What is due now.
     *
     * @param latest the last moment at which a job was due and not made
     * @param tooLate whether its deadline is over
     * @param many whether more than a hundred were missed
     */
    record Due(Instant latest, boolean tooLate, boolean many) {}

    static Timetable of(CronJob cron) throws UnreadableException {
        ZonedExpression written = ZonedExpression.of(cron.spec().schedule());
        String zone = written.zone() != null
                ? written.zone()
                : Objects.requireNonNullElse(cron.spec().timeZone(), "UTC");
        ZoneId zoneId;
        try {
            zoneId = ZonedExpression.zone(zone);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(
                    "UnknownTimeZone", "invalid timeZone: \"" + zone + "\": " + e.getMessage(), e);
        }
        try {
            return new Timetable(CronSchedule.parse(written.expression()), zoneId, written.zone() != null);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(
                    "UnparseableSchedule",
                    "unparseable schedule: \"" + cron.spec().schedule() + "\" : " + e.getMessage(),
                    e);
        }
    }

    /** The last moment since the last job, or since the cron job was made, at which a job was due. */
    Optional<Due> due(CronJob cron, Instant now) {
        Time last = cron.status().lastScheduleTime();
        Time created = cron.metadata().creationTimestamp();
        Instant since = last != null ? last.instant() : created != null ? created.instant() : now;
        Long deadline = cron.spec().startingDeadlineSeconds();
        Instant earliest = deadline == null ? since : now.minusSeconds(deadline);
        return schedule.latest(since, now, zone)
                .map(latest -> new Due(
                        latest, latest.isBefore(earliest), isMany(since.isBefore(earliest) ? earliest : since, now)));
    }

    /** How long until a job is due; empty when that never comes. */
    Optional<Duration> untilNext(Instant now) {
        return schedule.next(now, zone).map(next -> Duration.between(now, next));
    }

    private boolean isMany(Instant since, Instant now) {
        Instant missed = since;
        for (int i = 0; i <= MANY; i++) {
            missed = schedule.next(missed, zone).orElse(Instant.MAX);
            if (missed.isAfter(now)) {
                return false;
            }
        }
        return true;
    }
}
