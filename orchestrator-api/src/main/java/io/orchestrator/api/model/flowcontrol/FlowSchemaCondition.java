package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What is known of one aspect.")
@RecordBuilder
public record FlowSchemaCondition(
        @Field(value = "Which aspect.", tag = 1) String type,

        @Field(value = "True, False or Unknown.", tag = 2) String status,

        @Field(value = "When the status last became another one.", tag = 3, alwaysWritten = true) @Nullable
        Time lastTransitionTime,

        @Field(value = "A word in CamelCase for the latest change, meant for programs.", tag = 4)
        String reason,

        @Field(value = "The latest change in words, meant for people.", tag = 5)
        String message)
        implements FlowSchemaConditionBuilder.With {
    public static final FlowSchemaCondition EMPTY =
            FlowSchemaConditionBuilder.builder().build();

    public FlowSchemaCondition {
        type = Fields.text(type);
        status = Fields.text(status);
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
