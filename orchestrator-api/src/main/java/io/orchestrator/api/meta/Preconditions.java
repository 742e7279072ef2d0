package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What must hold for a write to be carried out.")
@RecordBuilder
public record Preconditions(
        @Field(value = "The unique id that the object must have.", tag = 1) @Nullable
        String uid,

        @Field(value = "The version that the object must have.", tag = 2) @Nullable
        String resourceVersion)
        implements PreconditionsBuilder.With {
    public static final Preconditions EMPTY = PreconditionsBuilder.builder().build();
}
