package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("One cause of a failure.")
@RecordBuilder
public record StatusCause(
        @Field(value = "Why, in one word for programs.", tag = 1)
        String reason,

        @Field(value = "Why, in words.", tag = 2) String message,

        @Field(value = "The path of the field that is to blame.", tag = 3)
        String field)
        implements StatusCauseBuilder.With {
    public static final StatusCause EMPTY = StatusCauseBuilder.builder().build();

    public StatusCause {
        reason = Fields.text(reason);
        message = Fields.text(message);
        field = Fields.text(field);
    }
}
