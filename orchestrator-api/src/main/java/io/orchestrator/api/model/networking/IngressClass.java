package io.orchestrator.api.model.networking;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "networking.k8s.io",
        version = "v1",
        kind = "IngressClass",
        plural = "ingressclasses",
        namespaced = false)
@Description("A sort of ingress and the controller that serves it.")
@RecordBuilder
public record IngressClass(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) IngressClassSpec spec)
        implements Resource, IngressClassBuilder.With {
    public static final ResourceType<IngressClass> TYPE = ResourceType.of(IngressClass.class);

    public IngressClass {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, IngressClassSpec.EMPTY);
    }

    @Override
    public IngressClass withMetadata(ObjectMeta metadata) {
        return IngressClassBuilder.With.super.withMetadata(metadata);
    }
}
