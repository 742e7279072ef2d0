package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What a level without limits leaves to others.")
@RecordBuilder
public record ExemptPriorityLevelConfiguration(
        @Field(value = "Its part of the seats, in proportion to those of the other levels.", tag = 1) @Nullable
        Integer nominalConcurrencyShares,

        @Field(value = "How much of its own others may use.", tag = 2) @Nullable
        Integer lendablePercent)
        implements ExemptPriorityLevelConfigurationBuilder.With {
    public static final ExemptPriorityLevelConfiguration EMPTY =
            ExemptPriorityLevelConfigurationBuilder.builder().build();
}
