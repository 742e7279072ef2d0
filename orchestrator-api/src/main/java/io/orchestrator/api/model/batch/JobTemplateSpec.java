package io.orchestrator.api.model.batch;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Job template spec.")
@RecordBuilder
public record JobTemplateSpec(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,
        @Field(value = "Spec.", tag = 2) JobSpec spec) implements JobTemplateSpecBuilder.With {
    public static final JobTemplateSpec EMPTY = JobTemplateSpecBuilder.builder().build();

    public JobTemplateSpec {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, JobSpec.EMPTY);
    }
}
