package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Since when a container runs.")
@RecordBuilder
public record ContainerStateRunning(
        @Field(value = "When it was started.", tag = 1, alwaysWritten = true) @Nullable
        Time startedAt) implements ContainerStateRunningBuilder.With {
    public static final ContainerStateRunning EMPTY =
            ContainerStateRunningBuilder.builder().build();
}
