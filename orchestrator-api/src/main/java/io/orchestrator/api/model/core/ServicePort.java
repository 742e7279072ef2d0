package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Service port.")
@RecordBuilder
public record ServicePort(
        @Field(value = "Name.", tag = 1) String name,

        @Field(
                value = "Protocol.",
                tag = 2,
                defaultValue = "\"TCP\"",
                enumValues = {Protocol.TCP, Protocol.UDP, Protocol.SCTP})
        String protocol,

        @Field(value = "App protocol.", tag = 6) @Nullable String appProtocol,

        @Field(value = "Port.", tag = 3, required = true, alwaysWritten = true)
        int port,

        @Field(value = "Target port.", tag = 4) IntOrString targetPort,
        @Field(value = "Node port.", tag = 5) int nodePort)
        implements ServicePortBuilder.With {
    public static final ServicePort EMPTY = ServicePortBuilder.builder().build();

    public ServicePort {
        name = Fields.text(name);
        protocol = Fields.text(protocol);
        targetPort = Fields.orElse(targetPort, IntOrString.ZERO);
    }
}
