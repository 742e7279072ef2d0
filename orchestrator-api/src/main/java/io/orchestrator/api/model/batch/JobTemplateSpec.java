package io.orchestrator.api.model.batch;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("What jobs made from it look like.")
@RecordBuilder
public record JobTemplateSpec(
        @Field(value = "Labels and annotations of the jobs.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What the jobs are to do.", tag = 2) JobSpec spec)
        implements JobTemplateSpecBuilder.With {
    public static final JobTemplateSpec EMPTY = JobTemplateSpecBuilder.builder().build();

    public JobTemplateSpec {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, JobSpec.EMPTY);
    }
}
