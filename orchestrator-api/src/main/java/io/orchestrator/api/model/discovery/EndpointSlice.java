package io.orchestrator.api.model.discovery;

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

@ResourceKind(group = "discovery.k8s.io", version = "v1", kind = "EndpointSlice", plural = "endpointslices")
@Description("Some of the endpoints behind a service.")
@RecordBuilder
public record EndpointSlice(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(
                value = "The sort of all addresses in the slice.",
                tag = 4,
                required = true,
                alwaysWritten = true,
                enumValues = {AddressType.FQDN, AddressType.IPV4, AddressType.IPV6})
        String addressType,

        @Field(value = "The endpoints.", tag = 2, required = true, alwaysWritten = true, listType = ListType.ATOMIC)
        List<Endpoint> endpoints,

        @Field(value = "The ports of all these endpoints.", tag = 3, alwaysWritten = true, listType = ListType.ATOMIC)
        List<EndpointPort> ports)
        implements Resource, EndpointSliceBuilder.With {
    public static final ResourceType<EndpointSlice> TYPE = ResourceType.of(EndpointSlice.class);

    public EndpointSlice {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        addressType = Fields.text(addressType);
        endpoints = Fields.list(endpoints);
        ports = Fields.list(ports);
    }

    @Override
    public EndpointSlice withMetadata(ObjectMeta metadata) {
        return EndpointSliceBuilder.With.super.withMetadata(metadata);
    }
}
