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
@Description("Asks for a pod to be deleted if that disturbs no one too much.")
@RecordBuilder
public record Eviction(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "How the pod is to be deleted.", tag = 2) @Nullable
        DeleteOptions deleteOptions)
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
