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
@Description("A template of pods as an object of its own.")
@RecordBuilder
public record PodTemplate(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "The pods that it makes.", tag = 2) PodTemplateSpec template)
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
