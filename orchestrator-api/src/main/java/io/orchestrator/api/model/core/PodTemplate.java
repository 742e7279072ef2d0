package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(version = "v1", kind = "PodTemplate", plural = "podtemplates")
@Description("Pod template.")
@RecordBuilder
public record PodTemplate(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,
        @Field(value = "Template.", tag = 2) PodTemplateSpec template)
        implements Resource, PodTemplateBuilder.With {
    public static final ResourceType<PodTemplate> TYPE = ResourceType.of(PodTemplate.class);

    public PodTemplate {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        template = Fields.orElse(template, PodTemplateSpec.EMPTY);
    }

    @Override
    public PodTemplate withMetadata(ObjectMeta metadata) {
        return PodTemplateBuilder.With.super.withMetadata(metadata);
    }
}
