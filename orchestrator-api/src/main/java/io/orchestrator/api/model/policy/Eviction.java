package io.orchestrator.api.model.policy;

import io.orchestrator.api.meta.DeleteOptions;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@ResourceKind(group = "policy", version = "v1", kind = "Eviction", plural = "evictions")
@Description("Eviction.")
@RecordBuilder
public record Eviction(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,
        @Field(value = "Delete options.", tag = 2) @Nullable DeleteOptions deleteOptions)
        implements Resource, EvictionBuilder.With {
    public static final ResourceType<Eviction> TYPE = ResourceType.of(Eviction.class);

    public Eviction {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
    }

    @Override
    public Eviction withMetadata(ObjectMeta metadata) {
        return EvictionBuilder.With.super.withMetadata(metadata);
    }
}
