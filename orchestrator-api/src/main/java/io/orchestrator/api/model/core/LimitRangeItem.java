package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

@Description("Bounds and defaults for one sort of object.")
@RecordBuilder
public record LimitRangeItem(
        @Field(
                value = "The sort: Pod, Container or PersistentVolumeClaim.",
                tag = 1,
                required = true,
                alwaysWritten = true)
        String type,

        @Field(value = "The most of each resource.", tag = 2)
        Map<String, Quantity> max,

        @Field(value = "The least of each resource.", tag = 3)
        Map<String, Quantity> min,

        @Field(value = "The limit that is set where none is given.", tag = 4, name = "default")
        Map<String, Quantity> defaults,

        @Field(value = "The request that is set where none is given.", tag = 5)
        Map<String, Quantity> defaultRequest,

        @Field(value = "How many times the request a limit may be.", tag = 6)
        Map<String, Quantity> maxLimitRequestRatio)
        implements LimitRangeItemBuilder.With {
    public static final LimitRangeItem EMPTY = LimitRangeItemBuilder.builder().build();

    public LimitRangeItem {
        type = Fields.text(type);
        max = Fields.map(max);
        min = Fields.map(min);
        defaults = Fields.map(defaults);
        defaultRequest = Fields.map(defaultRequest);
        maxLimitRequestRatio = Fields.map(maxLimitRequestRatio);
    }
}
