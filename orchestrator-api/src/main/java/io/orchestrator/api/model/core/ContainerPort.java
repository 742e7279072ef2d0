package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A port that a container listens on.")
@RecordBuilder
public record ContainerPort(
        @Field(value = "A name that services and probes can use.", tag = 1)
        String name,

        @Field(value = "The port of the node that leads here; 0 for none.", tag = 2)
        int hostPort,

        @Field(value = "The port inside the pod.", tag = 3, required = true, alwaysWritten = true)
        int containerPort,

        @Field(
                value = "The protocol of the port.",
                tag = 4,
                defaultValue = "\"TCP\"",
                enumValues = {Protocol.TCP, Protocol.UDP, Protocol.SCTP})
        String protocol,

        @Field(value = "The address of the node that the host port is bound to.", tag = 5)
        String hostIP)
        implements ContainerPortBuilder.With {
    public static final ContainerPort EMPTY = ContainerPortBuilder.builder().build();

    public ContainerPort {
        name = Fields.text(name);
        protocol = Fields.text(protocol);
        hostIP = Fields.text(hostIP);
    }
}
