package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The state of a port of a load balancer.")
@RecordBuilder
public record PortStatus(
        @Field(value = "The number of the port.", tag = 1, required = true, alwaysWritten = true)
        int port,

        @Field(
                value = "The protocol of the port.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                enumValues = {Protocol.TCP, Protocol.UDP, Protocol.SCTP})
        String protocol,

        @Field(value = "What is wrong with the port, in one word.", tag = 3) @Nullable
        String error)
        implements PortStatusBuilder.With {
    public static final PortStatus EMPTY = PortStatusBuilder.builder().build();

    public PortStatus {
        protocol = Fields.text(protocol);
    }
}
