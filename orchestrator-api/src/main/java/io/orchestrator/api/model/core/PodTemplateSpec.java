package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("What pods made from it look like.")
@RecordBuilder
public record PodTemplateSpec(
        @Field(value = "Labels and annotations of the pods.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "How the pods are to run.", tag = 2) PodSpec spec)
        implements PodTemplateSpecBuilder.With {
    public static final PodTemplateSpec EMPTY = PodTemplateSpecBuilder.builder().build();

    public PodTemplateSpec {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, PodSpec.EMPTY);
    }
}
