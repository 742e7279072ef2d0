package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("One address or name of a node.")
@RecordBuilder
public record NodeAddress(
        @Field(value = "What sort of address it is.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "The address or name.", tag = 2, required = true, alwaysWritten = true)
        String address)
        implements NodeAddressBuilder.With {
    public static final NodeAddress EMPTY = NodeAddressBuilder.builder().build();

    public NodeAddress {
        type = Fields.text(type);
        address = Fields.text(address);
    }
}
