package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Container state.")
@RecordBuilder
public record ContainerState(
        @Field(value = "Waiting.", tag = 1) @Nullable ContainerStateWaiting waiting,
        @Field(value = "Running.", tag = 2) @Nullable ContainerStateRunning running,
        @Field(value = "Terminated.", tag = 3) @Nullable ContainerStateTerminated terminated)
        implements ContainerStateBuilder.With {
    public static final ContainerState EMPTY = ContainerStateBuilder.builder().build();
}
