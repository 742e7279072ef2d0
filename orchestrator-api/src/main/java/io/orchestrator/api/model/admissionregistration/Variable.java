package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A name for an expression.")
@Atomic
@RecordBuilder
public record Variable(
        @Field(value = "The name of the object.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "An expression in CEL.", tag = 2, required = true, alwaysWritten = true)
        String expression)
        implements VariableBuilder.With {
    public static final Variable EMPTY = VariableBuilder.builder().build();

    public Variable {
        name = Fields.text(name);
        expression = Fields.text(expression);
    }
}
