package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("The bounds of a namespace.")
@RecordBuilder
public record LimitRangeSpec(
        @Field(
                value = "One entry for each sort of object.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<LimitRangeItem> limits)
        implements LimitRangeSpecBuilder.With {
    public static final LimitRangeSpec EMPTY = LimitRangeSpecBuilder.builder().build();

    public LimitRangeSpec {
        limits = Fields.list(limits);
    }
}
