package io.orchestrator.api.model.discovery;

import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Endpoint port.")
@Atomic
@RecordBuilder
public record EndpointPort(
        @Field(value = "Name.", tag = 1) @Nullable String name,

        @Field(
                value = "Protocol.",
                tag = 2,
                enumValues = {Protocol.TCP, Protocol.UDP, Protocol.SCTP})
        @Nullable
        String protocol,

        @Field(value = "Port.", tag = 3) @Nullable Integer port,
        @Field(value = "App protocol.", tag = 4) @Nullable String appProtocol)
        implements EndpointPortBuilder.With {
    public static final EndpointPort EMPTY = EndpointPortBuilder.builder().build();
}
