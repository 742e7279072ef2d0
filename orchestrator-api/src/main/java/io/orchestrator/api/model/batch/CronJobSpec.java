package io.orchestrator.api.model.batch;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("When which jobs are made.")
@RecordBuilder
public record CronJobSpec(
        @Field(value = "The times, in the form of cron.", tag = 1, required = true, alwaysWritten = true)
        String schedule,

        @Field(value = "The time zone of the schedule; absent for that of the controller.", tag = 8) @Nullable
        String timeZone,

        @Field(value = "How late a job may still be started.", tag = 2) @Nullable
        Long startingDeadlineSeconds,

        @Field(
                value = "What happens if the former job still runs.",
                tag = 3,
                enumValues = {ConcurrencyPolicy.ALLOW, ConcurrencyPolicy.FORBID, ConcurrencyPolicy.REPLACE})
        String concurrencyPolicy,

        @Field(value = "Whether no jobs are made for now.", tag = 4) @Nullable
        Boolean suspend,

        @Field(value = "What the jobs look like.", tag = 5, required = true)
        JobTemplateSpec jobTemplate,

        @Field(value = "How many jobs that succeeded are kept.", tag = 6) @Nullable
        Integer successfulJobsHistoryLimit,

        @Field(value = "How many jobs that failed are kept.", tag = 7) @Nullable
        Integer failedJobsHistoryLimit)
        implements CronJobSpecBuilder.With {
    public static final CronJobSpec EMPTY = CronJobSpecBuilder.builder().build();

    public CronJobSpec {
        schedule = Fields.text(schedule);
        concurrencyPolicy = Fields.text(concurrencyPolicy);
        jobTemplate = Fields.orElse(jobTemplate, JobTemplateSpec.EMPTY);
    }
}
