package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A value that was observed.")
@RecordBuilder
public record MetricValueStatus(
        @Field(value = "The value as a whole.", tag = 1) @Nullable
        Quantity value,

        @Field(value = "The value per pod.", tag = 2) @Nullable
        Quantity averageValue,

        @Field(value = "The share of what was requested, in percent, over all pods.", tag = 3) @Nullable
        Integer averageUtilization)
        implements MetricValueStatusBuilder.With {
    public static final MetricValueStatus EMPTY =
            MetricValueStatusBuilder.builder().build();
}
