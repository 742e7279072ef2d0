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
@Description("Namespace.")
@RecordBuilder
public record Namespace(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,
        @Field(value = "Spec.", tag = 2) NamespaceSpec spec,
        @Field(value = "Status.", tag = 3) NamespaceStatus status)
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
