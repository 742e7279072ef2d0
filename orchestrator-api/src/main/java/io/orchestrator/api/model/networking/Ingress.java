package io.orchestrator.api.model.networking;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(group = "networking.k8s.io", version = "v1", kind = "Ingress", plural = "ingresses", shortNames = "ing")
@Description("Leads requests from outside to services, by host and path.")
@RecordBuilder
public record Ingress(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) IngressSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        IngressStatus status)
        implements Resource, IngressBuilder.With {
    public static final ResourceType<Ingress> TYPE = ResourceType.of(Ingress.class);

    public Ingress {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, IngressSpec.EMPTY);
        status = Fields.orElse(status, IngressStatus.EMPTY);
    }

    @Override
    public Ingress withMetadata(ObjectMeta metadata) {
        return IngressBuilder.With.super.withMetadata(metadata);
    }
}
