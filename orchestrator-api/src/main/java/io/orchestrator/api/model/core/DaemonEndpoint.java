package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("The port of a daemon.")
@RecordBuilder
public record DaemonEndpoint(
        @Field(value = "The number of the port.", tag = 1, name = "Port", required = true, alwaysWritten = true)
        int port)
        implements DaemonEndpointBuilder.With {
    public static final DaemonEndpoint EMPTY = DaemonEndpointBuilder.builder().build();
}
