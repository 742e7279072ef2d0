package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Condition.")
@RecordBuilder
public record Condition(
        @Field(value = "Type.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "Status.", tag = 2, required = true, alwaysWritten = true)
        String status,

        @Field(value = "Observed generation.", tag = 3) long observedGeneration,

        @Field(value = "Last transition time.", tag = 4, required = true, alwaysWritten = true) @Nullable
        Time lastTransitionTime,

        @Field(value = "Reason.", tag = 5, required = true, alwaysWritten = true)
        String reason,

        @Field(value = "Message.", tag = 6, required = true, alwaysWritten = true)
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
