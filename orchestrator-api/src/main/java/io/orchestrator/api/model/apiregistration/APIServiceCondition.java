package io.orchestrator.api.model.apiregistration;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What is known of one aspect.")
@RecordBuilder
public record APIServiceCondition(
        @Field(value = "Which aspect.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "True, False or Unknown.", tag = 2, required = true, alwaysWritten = true)
        String status,

        @Field(value = "When the status last became another one.", tag = 3, alwaysWritten = true) @Nullable
        Time lastTransitionTime,

        @Field(value = "A word in CamelCase for the latest change, meant for programs.", tag = 4)
        String reason,

        @Field(value = "The latest change in words, meant for people.", tag = 5)
        String message)
        implements APIServiceConditionBuilder.With {
    public static final APIServiceCondition EMPTY =
            APIServiceConditionBuilder.builder().build();

    public APIServiceCondition {
        type = Fields.text(type);
        status = Fields.text(status);
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
