package io.orchestrator.api.model.flowcontrol;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What becomes of a request that finds no seat.")
@RecordBuilder
public record LimitResponse(
        @Field(
                value = "Whether it waits.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                enumValues = {"Queue", "Reject"})
        String type,

        @Field(value = "How many may wait.", tag = 2) @Nullable
        QueuingConfiguration queuing)
        implements LimitResponseBuilder.With {
    public static final LimitResponse EMPTY = LimitResponseBuilder.builder().build();

    public LimitResponse {
        type = Fields.text(type);
    }
}
