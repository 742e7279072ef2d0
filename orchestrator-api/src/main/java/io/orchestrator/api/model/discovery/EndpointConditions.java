package io.orchestrator.api.model.discovery;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Whether an endpoint can be used.")
@RecordBuilder
public record EndpointConditions(
        @Field(value = "Whether it takes new connections; absent counts as yes.", tag = 1) @Nullable
        Boolean ready,

        @Field(value = "As ready, but also while it is being ended.", tag = 2) @Nullable
        Boolean serving,

        @Field(value = "Whether it is being ended.", tag = 3) @Nullable
        Boolean terminating)
        implements EndpointConditionsBuilder.With {
    public static final EndpointConditions EMPTY =
            EndpointConditionsBuilder.builder().build();
}
