package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A port of endpoints.")
@Atomic
@RecordBuilder
public record EndpointPort(
        @Field(value = "The name of the port, as the service has it.", tag = 1)
        String name,

        @Field(value = "The number of the port.", tag = 2, required = true, alwaysWritten = true)
        int port,

        @Field(
                value = "The protocol of the port.",
                tag = 3,
                enumValues = {Protocol.TCP, Protocol.UDP, Protocol.SCTP})
        String protocol,

        @Field(value = "The protocol above it, as a hint.", tag = 4) @Nullable
        String appProtocol)
        implements EndpointPortBuilder.With {
    public static final EndpointPort EMPTY = EndpointPortBuilder.builder().build();

    public EndpointPort {
        name = Fields.text(name);
        protocol = Fields.text(protocol);
    }
}
