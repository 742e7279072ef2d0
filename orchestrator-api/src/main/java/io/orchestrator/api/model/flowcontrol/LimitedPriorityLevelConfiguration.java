package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The limits of a level.")
@RecordBuilder
public record LimitedPriorityLevelConfiguration(
        @Field(value = "Its part of the seats, in proportion to those of the other levels.", tag = 1) @Nullable
        Integer nominalConcurrencyShares,

        @Field(value = "What becomes of a request that finds no seat.", tag = 2)
        LimitResponse limitResponse,

        @Field(value = "How much of its own others may use while it does not.", tag = 3) @Nullable
        Integer lendablePercent,

        @Field(value = "How much it may use of others, in percent of its own; as much as there is without it.", tag = 4)
        @Nullable
        Integer borrowingLimitPercent)
        implements LimitedPriorityLevelConfigurationBuilder.With {
    public static final LimitedPriorityLevelConfiguration EMPTY =
            LimitedPriorityLevelConfigurationBuilder.builder().build();

    public LimitedPriorityLevelConfiguration {
        limitResponse = Fields.orElse(limitResponse, LimitResponse.EMPTY);
    }
}
