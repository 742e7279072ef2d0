package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Addresses that have the same ports.")
@RecordBuilder
public record EndpointSubset(
        @Field(value = "The addresses that are ready.", tag = 1, listType = ListType.ATOMIC)
        List<EndpointAddress> addresses,

        @Field(value = "The addresses that are not ready.", tag = 2, listType = ListType.ATOMIC)
        List<EndpointAddress> notReadyAddresses,

        @Field(value = "The ports of all these addresses.", tag = 3, listType = ListType.ATOMIC)
        List<EndpointPort> ports)
        implements EndpointSubsetBuilder.With {
    public static final EndpointSubset EMPTY = EndpointSubsetBuilder.builder().build();

    public EndpointSubset {
        addresses = Fields.list(addresses);
        notReadyAddresses = Fields.list(notReadyAddresses);
        ports = Fields.list(ports);
    }
}
