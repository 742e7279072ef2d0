package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@ResourceKind(version = "v1", kind = "Endpoints", plural = "endpoints", shortNames = "ep")
@Description("The addresses behind a service.")
@RecordBuilder
public record Endpoints(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "Groups of addresses that have the same ports.", tag = 2, listType = ListType.ATOMIC)
        List<EndpointSubset> subsets)
        implements Resource, EndpointsBuilder.With {
    public static final ResourceType<Endpoints> TYPE = ResourceType.of(Endpoints.class);

    public Endpoints {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        subsets = Fields.list(subsets);
    }

    @Override
    public Endpoints withMetadata(ObjectMeta metadata) {
        return EndpointsBuilder.With.super.withMetadata(metadata);
    }
}
