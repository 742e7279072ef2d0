package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(version = "v1", kind = "LimitRange", plural = "limitranges", shortNames = "limits")
@Description("Bounds and defaults for what single objects in a namespace ask for.")
@RecordBuilder
public record LimitRange(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) LimitRangeSpec spec)
        implements Resource, LimitRangeBuilder.With {
    public static final ResourceType<LimitRange> TYPE = ResourceType.of(LimitRange.class);

    public LimitRange {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, LimitRangeSpec.EMPTY);
    }

    @Override
    public LimitRange withMetadata(ObjectMeta metadata) {
        return LimitRangeBuilder.With.super.withMetadata(metadata);
    }
}
