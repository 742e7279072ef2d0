package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Daemon endpoint.")
@RecordBuilder
public record DaemonEndpoint(
        @Field(value = "Port.", tag = 1, required = true, alwaysWritten = true)
        int Port) implements DaemonEndpointBuilder.With {
    public static final DaemonEndpoint EMPTY = DaemonEndpointBuilder.builder().build();
}
