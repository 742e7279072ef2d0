package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.batch.ConcurrencyPolicy;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.CronJobSpec;
import io.orchestrator.core.cron.CronSchedule;
import io.orchestrator.core.cron.ZonedExpression;
import java.util.List;

/** What must hold of cron jobs. */
public final class CronJobValidation {
    private static final Path SPEC = Path.of("spec");
    /** A job's name is the cron job's, a dash, and the minute for which it was due. */
    private static final int LONGEST_NAME = 52;

    private CronJobValidation() {}

    public static void cronJob(CronJob cron, Violations violations) {
        spec(cron, violations);
        int length = cron.metadata().name().length();
        if (length > LONGEST_NAME) {
            violations.invalid(
                    Path.of("metadata").child("name"),
                    cron.metadata().name(),
                    "must be no more than " + LONGEST_NAME + " characters");
        }
    }

    /** What names its zone in the schedule since before that was refused may go on so. */
    public static void cronJobUpdate(CronJob wanted, CronJob current, Violations violations) {
        if (namesZone(wanted) && !namesZone(current)) {
            zoneInSchedule(wanted, violations);
        }
    }

    private static void spec(CronJob cron, Violations violations) {
        CronJobSpec spec = cron.spec();
        if (spec.schedule().isEmpty()) {
            violations.required(SPEC.child("schedule"), "");
        } else {
            schedule(cron, violations);
        }
        if (spec.timeZone() != null) {
            zone(spec.timeZone(), violations);
        }
        Check.notNegative(SPEC.child("startingDeadlineSeconds"), spec.startingDeadlineSeconds(), violations);
        Check.notNegative(SPEC.child("successfulJobsHistoryLimit"), spec.successfulJobsHistoryLimit(), violations);
        Check.notNegative(SPEC.child("failedJobsHistoryLimit"), spec.failedJobsHistoryLimit(), violations);
        violations.oneOf(
                SPEC.child("concurrencyPolicy"),
                spec.concurrencyPolicy(),
                List.of(ConcurrencyPolicy.ALLOW, ConcurrencyPolicy.FORBID, ConcurrencyPolicy.REPLACE));
        BatchValidation.spec(
                spec.jobTemplate().spec(), SPEC.child("jobTemplate").child("spec"), violations);
    }

    private static void schedule(CronJob cron, Violations violations) {
        ZonedExpression written = ZonedExpression.of(cron.spec().schedule());
        if (written.zone() != null && cron.metadata().resourceVersion().isEmpty()) {
            zoneInSchedule(cron, violations);
        }
        try {
            CronSchedule.parse(written.expression());
        } catch (IllegalArgumentException e) {
            violations.invalid(SPEC.child("schedule"), cron.spec().schedule(), String.valueOf(e.getMessage()));
        }
    }

    private static void zone(String zone, Violations violations) {
        Path field = SPEC.child("timeZone");
        if (zone.isEmpty()) {
            violations.invalid(field, zone, "timeZone must be nil or non-empty string");
        } else if (zone.equalsIgnoreCase("Local")) {
            violations.invalid(
                    field,
                    zone,
                    "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        } else {
            try {
                ZonedExpression.zone(zone);
            } catch (IllegalArgumentException e) {
                violations.invalid(field, zone, String.valueOf(e.getMessage()));
            }
        }
    }

    private static boolean namesZone(CronJob cron) {
        return ZonedExpression.of(cron.spec().schedule()).zone() != null;
    }

    private static void zoneInSchedule(CronJob cron, Violations violations) {
        violations.invalid(
                SPEC.child("schedule"),
                cron.spec().schedule(),
                "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    }
}
