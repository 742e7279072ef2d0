package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A rule in CEL.")
@RecordBuilder
public record ValidationRule(
        @Field(value = "An expression that must be true of self.", required = true, alwaysWritten = true)
        String rule,

        @Field("What to say when it is not.") String message,
        @Field("An expression that gives what to say.") String messageExpression,

        @Field("The reason to give: FieldValueInvalid, FieldValueForbidden, FieldValueRequired or FieldValueDuplicate.")
        @Nullable
        String reason,

        @Field("The field to name, from here on.") String fieldPath,

        @Field("Whether a rule on oldSelf also runs where there is no old value.") @Nullable
        Boolean optionalOldSelf)
        implements ValidationRuleBuilder.With {
    public static final ValidationRule EMPTY = ValidationRuleBuilder.builder().build();

    public ValidationRule {
        rule = Fields.text(rule);
        message = Fields.text(message);
        messageExpression = Fields.text(messageExpression);
        fieldPath = Fields.text(fieldPath);
    }
}
