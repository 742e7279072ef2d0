package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("One aspect of the state of an object.")
@RecordBuilder
public record Condition(
        @Field(value = "Which aspect.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "True, False or Unknown.", tag = 2, required = true, alwaysWritten = true)
        String status,

        @Field(value = "The generation of the object that the condition speaks of.", tag = 3)
        long observedGeneration,

        @Field(value = "When the status last became another one.", tag = 4, required = true, alwaysWritten = true)
        @Nullable
        Time lastTransitionTime,

        @Field(
                value = "A word in CamelCase for the latest change, meant for programs.",
                tag = 5,
                required = true,
                alwaysWritten = true)
        String reason,

        @Field(value = "The latest change in words, meant for people.", tag = 6, required = true, alwaysWritten = true)
        String message)
        implements ConditionBuilder.With {
    public static final Condition EMPTY = ConditionBuilder.builder().build();

    public Condition {
        type = Fields.text(type);
        status = Fields.text(status);
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
