package io.orchestrator.api.model.batch;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(group = "batch", version = "v1", kind = "Job", plural = "jobs", categories = "all")
@Description("Runs pods until enough of them have succeeded.")
@RecordBuilder
public record Job(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) JobSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        JobStatus status)
        implements Resource, JobBuilder.With {
    public static final ResourceType<Job> TYPE = ResourceType.of(Job.class);

    public Job {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, JobSpec.EMPTY);
        status = Fields.orElse(status, JobStatus.EMPTY);
    }

    @Override
    public Job withMetadata(ObjectMeta metadata) {
        return JobBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a job of that name. */
    public static JobDraft named(String name) {
        return new JobDraft(name);
    }
}
