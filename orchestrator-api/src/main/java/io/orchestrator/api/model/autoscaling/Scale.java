package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(group = "autoscaling", version = "v1", kind = "Scale", plural = "scales")
@Description("The number of replicas of an object of any kind, seen on its own.")
@RecordBuilder
public record Scale(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) ScaleSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        ScaleStatus status)
        implements Resource, ScaleBuilder.With {
    public static final ResourceType<Scale> TYPE = ResourceType.of(Scale.class);

    public Scale {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, ScaleSpec.EMPTY);
        status = Fields.orElse(status, ScaleStatus.EMPTY);
    }

    @Override
    public Scale withMetadata(ObjectMeta metadata) {
        return ScaleBuilder.With.super.withMetadata(metadata);
    }
}
