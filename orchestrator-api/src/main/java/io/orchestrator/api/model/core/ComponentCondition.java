package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Whether a component works.")
@RecordBuilder
public record ComponentCondition(
        @Field(value = "What it is about; only Healthy is known.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "True, False or Unknown.", tag = 2, required = true, alwaysWritten = true)
        String status,

        @Field(value = "What the component says of itself.", tag = 3)
        String message,

        @Field(value = "What went wrong in asking it.", tag = 4)
        String error)
        implements ComponentConditionBuilder.With {
    public static final ComponentCondition EMPTY =
            ComponentConditionBuilder.builder().build();

    public ComponentCondition {
        type = Fields.text(type);
        status = Fields.text(status);
        message = Fields.text(message);
        error = Fields.text(error);
    }
}
