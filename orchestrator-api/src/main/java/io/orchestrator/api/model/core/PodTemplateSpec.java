package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Pod template spec.")
@RecordBuilder
public record PodTemplateSpec(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,
        @Field(value = "Spec.", tag = 2) PodSpec spec) implements PodTemplateSpecBuilder.With {
    public static final PodTemplateSpec EMPTY = PodTemplateSpecBuilder.builder().build();

    public PodTemplateSpec {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, PodSpec.EMPTY);
    }
}
