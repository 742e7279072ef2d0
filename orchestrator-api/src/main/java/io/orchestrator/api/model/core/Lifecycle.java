package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Lifecycle.")
@RecordBuilder
public record Lifecycle(
        @Field(value = "Post start.", tag = 1) @Nullable LifecycleHandler postStart,
        @Field(value = "Pre stop.", tag = 2) @Nullable LifecycleHandler preStop)
        implements LifecycleBuilder.With {
    public static final Lifecycle EMPTY = LifecycleBuilder.builder().build();
}
