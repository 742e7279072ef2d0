package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

@Description("Limit range item.")
@RecordBuilder
public record LimitRangeItem(
        @Field(value = "Type.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "Max.", tag = 2) Map<String, Quantity> max,
        @Field(value = "Min.", tag = 3) Map<String, Quantity> min,

        @Field(value = "Default.", tag = 4, name = "default")
        Map<String, Quantity> defaults,

        @Field(value = "Default request.", tag = 5) Map<String, Quantity> defaultRequest,
        @Field(value = "Max limit request ratio.", tag = 6) Map<String, Quantity> maxLimitRequestRatio)
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
