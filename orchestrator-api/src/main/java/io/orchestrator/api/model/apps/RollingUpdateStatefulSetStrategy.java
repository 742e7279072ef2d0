package io.orchestrator.api.model.apps;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The steps in which the pods of a stateful set are replaced.")
@RecordBuilder
public record RollingUpdateStatefulSetStrategy(
        @Field(value = "Only pods from this number on are replaced.", tag = 1) @Nullable
        Integer partition,

        @Field(value = "How many pods may be missing at a time.", tag = 2) @Nullable
        IntOrString maxUnavailable)
        implements RollingUpdateStatefulSetStrategyBuilder.With {
    public static final RollingUpdateStatefulSetStrategy EMPTY =
            RollingUpdateStatefulSetStrategyBuilder.builder().build();
}
