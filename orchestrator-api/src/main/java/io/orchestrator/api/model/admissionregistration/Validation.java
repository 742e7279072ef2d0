package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A rule in CEL.")
@RecordBuilder
public record Validation(
        @Field(value = "An expression in CEL.", tag = 1, required = true, alwaysWritten = true)
        String expression,

        @Field(value = "The message of a refusal.", tag = 2) String message,

        @Field(value = "The reason of a refusal, for programs.", tag = 3) @Nullable
        String reason,

        @Field(value = "An expression in CEL for the message of a refusal.", tag = 4)
        String messageExpression)
        implements ValidationBuilder.With {
    public static final Validation EMPTY = ValidationBuilder.builder().build();

    public Validation {
        expression = Fields.text(expression);
        message = Fields.text(message);
        messageExpression = Fields.text(messageExpression);
    }
}
