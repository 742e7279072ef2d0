package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A condition on one label or field of a node.")
@RecordBuilder
public record NodeSelectorRequirement(
        @Field(value = "The label or field.", tag = 1, required = true, alwaysWritten = true)
        String key,

        @Field(
                value = "How it relates to the values.",
                tag = 2,
                required = true,
                alwaysWritten = true,
                enumValues = {
                    NodeSelectorOperator.IN,
                    NodeSelectorOperator.NOT_IN,
                    NodeSelectorOperator.EXISTS,
                    NodeSelectorOperator.DOES_NOT_EXIST,
                    NodeSelectorOperator.GT,
                    NodeSelectorOperator.LT
                })
        String operator,

        @Field(value = "The values to compare with; one number for Gt and Lt.", tag = 3, listType = ListType.ATOMIC)
        List<String> values)
        implements NodeSelectorRequirementBuilder.With {
    public static final NodeSelectorRequirement EMPTY =
            NodeSelectorRequirementBuilder.builder().build();

    public NodeSelectorRequirement {
        key = Fields.text(key);
        operator = Fields.text(operator);
        values = Fields.list(values);
    }
}
