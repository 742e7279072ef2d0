package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Preconditions.")
@RecordBuilder
public record Preconditions(
        @Field(value = "Uid.", tag = 1) @Nullable String uid,

        @Field(value = "Resource version.", tag = 2) @Nullable
        String resourceVersion)
        implements PreconditionsBuilder.With {
    public static final Preconditions EMPTY = PreconditionsBuilder.builder().build();
}
