package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Cron job spec.")
@RecordBuilder
public record CronJobSpec(
        @Field(value = "Schedule.", tag = 1, required = true, alwaysWritten = true)
        String schedule,

        @Field(value = "Time zone.", tag = 8) @Nullable String timeZone,

        @Field(value = "Starting deadline seconds.", tag = 2) @Nullable
        Long startingDeadlineSeconds,

        @Field(
                value = "Concurrency policy.",
                tag = 3,
                enumValues = {ConcurrencyPolicy.ALLOW, ConcurrencyPolicy.FORBID, ConcurrencyPolicy.REPLACE})
        String concurrencyPolicy,

        @Field(value = "Suspend.", tag = 4) @Nullable Boolean suspend,

        @Field(value = "Job template.", tag = 5, required = true)
        JobTemplateSpec jobTemplate,

        @Field(value = "Successful jobs history limit.", tag = 6) @Nullable
        Integer successfulJobsHistoryLimit,

        @Field(value = "Failed jobs history limit.", tag = 7) @Nullable
        Integer failedJobsHistoryLimit)
        implements CronJobSpecBuilder.With {
    public static final CronJobSpec EMPTY = CronJobSpecBuilder.builder().build();

    public CronJobSpec {
        schedule = Fields.text(schedule);
        concurrencyPolicy = Fields.text(concurrencyPolicy);
        jobTemplate = Fields.orElse(jobTemplate, JobTemplateSpec.EMPTY);
    }
}
