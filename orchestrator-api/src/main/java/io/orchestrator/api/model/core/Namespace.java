package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(version = "v1", kind = "Namespace", plural = "namespaces", namespaced = false, shortNames = "ns")
@Description("A scope for names, and for whatever is allotted to the team or application that owns it.")
@RecordBuilder
public record Namespace(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) NamespaceSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        NamespaceStatus status)
        implements Resource, NamespaceBuilder.With {
    public static final ResourceType<Namespace> TYPE = ResourceType.of(Namespace.class);

    public Namespace {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, NamespaceSpec.EMPTY);
        status = Fields.orElse(status, NamespaceStatus.EMPTY);
    }

    @Override
    public Namespace withMetadata(ObjectMeta metadata) {
        return NamespaceBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a namespace of that name. */
    public static NamespaceDraft named(String name) {
        return new NamespaceDraft(name);
    }
}
