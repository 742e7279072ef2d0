package io.orchestrator.core.control.cronjob;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobBuilder;
import io.orchestrator.api.model.batch.JobCondition;
import io.orchestrator.api.model.batch.JobConditionType;
import io.orchestrator.api.model.batch.JobTemplateSpec;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.ObjectReferenceBuilder;
import io.orchestrator.core.control.pods.Ownership;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of a cron job. */
final class CronJobs {
    private static final String SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";
    private static final int SECONDS_PER_MINUTE = 60;

    private CronJobs() {}

    /** The same for everybody who makes the job of this minute. */
    static String name(CronJob cron, Instant scheduled) {
        return cron.metadata().name() + "-" + scheduled.getEpochSecond() / SECONDS_PER_MINUTE;
    }

    static Job make(CronJob cron, Instant scheduled, ZoneId zone) {
        JobTemplateSpec template = cron.spec().jobTemplate();
        Map<String, String> annotations =
                new LinkedHashMap<>(template.metadata().annotations());
        annotations.put(SCHEDULED, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(scheduled.atZone(zone)));
        return JobBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name(cron, scheduled))
                        .namespace(cron.metadata().namespace())
                        .labels(template.metadata().labels())
                        .annotations(annotations)
                        .ownerReferences(List.of(Ownership.referenceTo(cron, CronJob.TYPE)))
                        .build())
                .spec(template.spec())
                .build();
    }

    /** The moment for which this controller made the job; empty when somebody else made it. */
    static Optional<Instant> scheduled(CronJob cron, Job job) {
        String written = job.metadata().annotations().get(SCHEDULED);
        if (written == null) {
            return Optional.empty();
        }
        try {
            Instant scheduled = OffsetDateTime.parse(written).toInstant();
            return job.metadata().name().equals(name(cron, scheduled)) ? Optional.of(scheduled) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty(); // somebody else's annotation
        }
    }

    /** How the job ended: {@code Complete} or {@code Failed}; empty while it has not. */
    static Optional<String> end(Job job) {
        return job.status().conditions().stream()
                .filter(condition -> condition.status().equals(ConditionStatus.TRUE))
                .map(JobCondition::type)
                .filter(type -> type.equals(JobConditionType.COMPLETE) || type.equals(JobConditionType.FAILED))
                .findFirst();
    }

    static ObjectReference reference(Job job) {
        return ObjectReferenceBuilder.builder()
                .apiVersion(Job.TYPE.apiVersion())
                .kind(Job.TYPE.kind())
                .namespace(job.metadata().namespace())
                .name(job.metadata().name())
                .uid(job.metadata().uid())
                .resourceVersion(job.metadata().resourceVersion())
                .build();
    }
}
