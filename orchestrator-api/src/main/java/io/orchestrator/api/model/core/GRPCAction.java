package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A question to the gRPC health service.")
@RecordBuilder
public record GRPCAction(
        @Field(value = "The port.", tag = 1, required = true, alwaysWritten = true)
        int port,

        @Field(value = "The service to ask about; empty for the server as a whole.", tag = 2, defaultValue = "\"\"")
        @Nullable
        String service)
        implements GRPCActionBuilder.With {
    public static final GRPCAction EMPTY = GRPCActionBuilder.builder().build();
}
