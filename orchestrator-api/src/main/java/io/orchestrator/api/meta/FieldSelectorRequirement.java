package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A part of a field selector.")
@RecordBuilder
public record FieldSelectorRequirement(
        @Field(value = "The field.", tag = 1, required = true, alwaysWritten = true)
        String key,

        @Field(value = "In, NotIn, Exists or DoesNotExist.", tag = 2, required = true, alwaysWritten = true)
        String operator,

        @Field(value = "The values that the operator compares with.", tag = 3, listType = ListType.ATOMIC)
        List<String> values)
        implements FieldSelectorRequirementBuilder.With {
    public static final FieldSelectorRequirement EMPTY =
            FieldSelectorRequirementBuilder.builder().build();

    public FieldSelectorRequirement {
        key = Fields.text(key);
        operator = Fields.text(operator);
        values = Fields.list(values);
    }
}
