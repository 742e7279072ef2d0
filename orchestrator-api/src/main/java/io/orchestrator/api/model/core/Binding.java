package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(version = "v1", kind = "Binding", plural = "bindings")
@Description("Ties a pod to a node.")
@RecordBuilder
public record Binding(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "The node.", tag = 2, required = true)
        ObjectReference target)
        implements Resource, BindingBuilder.With {
    public static final ResourceType<Binding> TYPE = ResourceType.of(Binding.class);

    public Binding {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        target = Fields.orElse(target, ObjectReference.EMPTY);
    }

    @Override
    public Binding withMetadata(ObjectMeta metadata) {
        return BindingBuilder.With.super.withMetadata(metadata);
    }
}
