package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Limit range spec.")
@RecordBuilder
public record LimitRangeSpec(
        @Field(value = "Limits.", tag = 1, required = true, alwaysWritten = true, listType = ListType.ATOMIC)
        List<LimitRangeItem> limits)
        implements LimitRangeSpecBuilder.With {
    public static final LimitRangeSpec EMPTY = LimitRangeSpecBuilder.builder().build();

    public LimitRangeSpec {
        limits = Fields.list(limits);
    }
}
