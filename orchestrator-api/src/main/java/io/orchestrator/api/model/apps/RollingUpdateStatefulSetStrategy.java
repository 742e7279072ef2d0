package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Rolling update stateful set strategy.")
@RecordBuilder
public record RollingUpdateStatefulSetStrategy(
        @Field(value = "Partition.", tag = 1) @Nullable Integer partition,

        @Field(value = "Max unavailable.", tag = 2) @Nullable
        IntOrString maxUnavailable)
        implements RollingUpdateStatefulSetStrategyBuilder.With {
    public static final RollingUpdateStatefulSetStrategy EMPTY =
            RollingUpdateStatefulSetStrategyBuilder.builder().build();
}
