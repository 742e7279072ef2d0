package io.orchestrator.api.model.batch;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "batch",
        version = "v1",
        kind = "CronJob",
        plural = "cronjobs",
        shortNames = "cj",
        categories = "all")
@Description("Makes jobs at set times.")
@RecordBuilder
public record CronJob(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) CronJobSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        CronJobStatus status)
        implements Resource, CronJobBuilder.With {
    public static final ResourceType<CronJob> TYPE = ResourceType.of(CronJob.class);

    public CronJob {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, CronJobSpec.EMPTY);
        status = Fields.orElse(status, CronJobStatus.EMPTY);
    }

    @Override
    public CronJob withMetadata(ObjectMeta metadata) {
        return CronJobBuilder.With.super.withMetadata(metadata);
    }
}
