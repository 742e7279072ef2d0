package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What to do right after the start of a container and before its end.")
@RecordBuilder
public record Lifecycle(
        @Field(value = "Done right after the start; if it fails, the container is restarted.", tag = 1) @Nullable
        LifecycleHandler postStart,

        @Field(value = "Done before the container is told to end.", tag = 2) @Nullable
        LifecycleHandler preStop)
        implements LifecycleBuilder.With {
    public static final Lifecycle EMPTY = LifecycleBuilder.builder().build();
}
