package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Status cause.")
@RecordBuilder
public record StatusCause(
        @Field(value = "Reason.", tag = 1) String reason,
        @Field(value = "Message.", tag = 2) String message,
        @Field(value = "Field.", tag = 3) String field)
        implements StatusCauseBuilder.With {
    public static final StatusCause EMPTY = StatusCauseBuilder.builder().build();

    public StatusCause {
        reason = Fields.text(reason);
        message = Fields.text(message);
        field = Fields.text(field);
    }
}
