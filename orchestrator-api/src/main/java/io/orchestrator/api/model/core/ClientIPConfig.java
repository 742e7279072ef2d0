package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How long clients are remembered by their address.")
@RecordBuilder
public record ClientIPConfig(
        @Field(value = "For how long.", tag = 1) @Nullable Integer timeoutSeconds)
        implements ClientIPConfigBuilder.With {
    public static final ClientIPConfig EMPTY = ClientIPConfigBuilder.builder().build();
}
