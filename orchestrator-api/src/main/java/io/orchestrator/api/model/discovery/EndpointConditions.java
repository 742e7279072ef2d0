package io.orchestrator.api.model.discovery;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Endpoint conditions.")
@RecordBuilder
public record EndpointConditions(
        @Field(value = "Ready.", tag = 1) @Nullable Boolean ready,
        @Field(value = "Serving.", tag = 2) @Nullable Boolean serving,
        @Field(value = "Terminating.", tag = 3) @Nullable Boolean terminating)
        implements EndpointConditionsBuilder.With {
    public static final EndpointConditions EMPTY =
            EndpointConditionsBuilder.builder().build();
}
