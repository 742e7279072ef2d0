package io.orchestrator.api.model.networking;

import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A port of a point at which traffic comes in.")
@RecordBuilder
public record IngressPortStatus(
        @Field(value = "The port's number.", tag = 1, required = true, alwaysWritten = true)
        int port,

        @Field(
                value = "The port's protocol.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                enumValues = {Protocol.TCP, Protocol.UDP, Protocol.SCTP})
        String protocol,

        @Field(value = "What is wrong with the port.", tag = 3) @Nullable
        String error)
        implements IngressPortStatusBuilder.With {
    public static final IngressPortStatus EMPTY =
            IngressPortStatusBuilder.builder().build();

    public IngressPortStatus {
        protocol = Fields.text(protocol);
    }
}
