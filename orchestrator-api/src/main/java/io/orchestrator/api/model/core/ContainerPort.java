package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Container port.")
@RecordBuilder
public record ContainerPort(
        @Field(value = "Name.", tag = 1) String name,
        @Field(value = "Host port.", tag = 2) int hostPort,

        @Field(value = "Container port.", tag = 3, required = true, alwaysWritten = true)
        int containerPort,

        @Field(
                value = "Protocol.",
                tag = 4,
                defaultValue = "\"TCP\"",
                enumValues = {Protocol.TCP, Protocol.UDP, Protocol.SCTP})
        String protocol,

        @Field(value = "Host ip.", tag = 5) String hostIP)
        implements ContainerPortBuilder.With {
    public static final ContainerPort EMPTY = ContainerPortBuilder.builder().build();

    public ContainerPort {
        name = Fields.text(name);
        protocol = Fields.text(protocol);
        hostIP = Fields.text(hostIP);
    }
}
