package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(version = "v1", kind = "Service", plural = "services", shortNames = "svc", categories = "all")
@Description("A lasting name and address for a changing set of pods.")
@RecordBuilder
public record Service(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) ServiceSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        ServiceStatus status)
        implements Resource, ServiceBuilder.With {
    public static final ResourceType<Service> TYPE = ResourceType.of(Service.class);

    public Service {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, ServiceSpec.EMPTY);
        status = Fields.orElse(status, ServiceStatus.EMPTY);
    }

    @Override
    public Service withMetadata(ObjectMeta metadata) {
        return ServiceBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a service of that name. */
    public static ServiceDraft named(String name) {
        return new ServiceDraft(name);
    }
}
