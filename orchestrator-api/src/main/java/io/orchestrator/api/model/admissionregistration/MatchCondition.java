package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A condition that a request must meet.")
@RecordBuilder
public record MatchCondition(
        @Field(value = "The name of the object.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "An expression in CEL.", tag = 2, required = true, alwaysWritten = true)
        String expression)
        implements MatchConditionBuilder.With {
    public static final MatchCondition EMPTY = MatchConditionBuilder.builder().build();

    public MatchCondition {
        name = Fields.text(name);
        expression = Fields.text(expression);
    }
}
