package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

@Description("A condition on one label.")
@RecordBuilder
public record LabelSelectorRequirement(
        @Field(value = "The key of the label.", tag = 1, required = true, alwaysWritten = true)
        String key,

        @Field(value = "How the label relates to the values.", tag = 2, required = true, alwaysWritten = true)
        String operator,

        @Field(value = "The values for In and NotIn; otherwise empty.", tag = 3, listType = ListType.ATOMIC)
        List<String> values)
        implements LabelSelectorRequirementBuilder.With {
    public static final LabelSelectorRequirement EMPTY =
            LabelSelectorRequirementBuilder.builder().build();

    public LabelSelectorRequirement {
        key = Fields.text(key);
        operator = Fields.text(operator);
        values = Fields.list(values);
    }

    boolean matches(Map<String, String> labels) {
        String actual = labels.get(key);
        return switch (operator) {
            case LabelSelectorOperator.IN -> actual != null && values.contains(actual);
            case LabelSelectorOperator.NOT_IN -> actual == null || !values.contains(actual);
            case LabelSelectorOperator.EXISTS -> actual != null;
            case LabelSelectorOperator.DOES_NOT_EXIST -> actual == null;
            default -> false;
        };
    }
}
