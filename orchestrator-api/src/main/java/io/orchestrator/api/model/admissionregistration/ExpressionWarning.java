package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("What may be wrong with an expression.")
@RecordBuilder
public record ExpressionWarning(
        @Field(value = "Where the expression stands.", tag = 2, required = true, alwaysWritten = true)
        String fieldRef,

        @Field(value = "What is wrong with it.", tag = 3, required = true, alwaysWritten = true)
        String warning)
        implements ExpressionWarningBuilder.With {
    public static final ExpressionWarning EMPTY =
            ExpressionWarningBuilder.builder().build();

    public ExpressionWarning {
        fieldRef = Fields.text(fieldRef);
        warning = Fields.text(warning);
    }
}
