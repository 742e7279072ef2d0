package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Grpc action.")
@RecordBuilder
public record GRPCAction(
        @Field(value = "Port.", tag = 1, required = true, alwaysWritten = true)
        int port,

        @Field(value = "Service.", tag = 2, defaultValue = "\"\"") @Nullable
        String service)
        implements GRPCActionBuilder.With {
    public static final GRPCAction EMPTY = GRPCActionBuilder.builder().build();
}
