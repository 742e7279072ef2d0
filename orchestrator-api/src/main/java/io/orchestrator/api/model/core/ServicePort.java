package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("One port of a service.")
@RecordBuilder
public record ServicePort(
        @Field(value = "The name of the port; needed if there are several.", tag = 1)
        String name,

        @Field(
                value = "The protocol of the port.",
                tag = 2,
                defaultValue = "\"TCP\"",
                enumValues = {Protocol.TCP, Protocol.UDP, Protocol.SCTP})
        String protocol,

        @Field(value = "The protocol above it, as a hint.", tag = 6) @Nullable
        String appProtocol,

        @Field(value = "The port of the service.", tag = 3, required = true, alwaysWritten = true)
        int port,

        @Field(value = "The port of the pods, or its name; 0 means the same as the service's.", tag = 4)
        IntOrString targetPort,

        @Field(value = "The port on every node that leads here; 0 for none.", tag = 5)
        int nodePort)
        implements ServicePortBuilder.With {
    public static final ServicePort EMPTY = ServicePortBuilder.builder().build();

    public ServicePort {
        name = Fields.text(name);
        protocol = Fields.text(protocol);
        targetPort = Fields.orElse(targetPort, IntOrString.ZERO);
    }
}
