package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The value that is aimed at.")
@RecordBuilder
public record MetricTarget(
        @Field(
                value = "Whether it is Utilization, Value or AverageValue.",
                tag = 1,
                required = true,
                alwaysWritten = true)
        String type,

        @Field(value = "The value as a whole.", tag = 2) @Nullable
        Quantity value,

        @Field(value = "The value per pod.", tag = 3) @Nullable
        Quantity averageValue,

        @Field(value = "The share of what was requested, in percent, over all pods.", tag = 4) @Nullable
        Integer averageUtilization)
        implements MetricTargetBuilder.With {
    public static final MetricTarget EMPTY = MetricTargetBuilder.builder().build();

    public MetricTarget {
        type = Fields.text(type);
    }
}
