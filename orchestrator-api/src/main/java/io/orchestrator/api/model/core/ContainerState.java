package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What a container is doing; one field at most is set, and none means waiting.")
@RecordBuilder
public record ContainerState(
        @Field(value = "Set while it cannot run yet.", tag = 1) @Nullable
        ContainerStateWaiting waiting,

        @Field(value = "Set while it runs.", tag = 2) @Nullable
        ContainerStateRunning running,

        @Field(value = "Set once it has ended.", tag = 3) @Nullable
        ContainerStateTerminated terminated)
        implements ContainerStateBuilder.With {
    public static final ContainerState EMPTY = ContainerStateBuilder.builder().build();
}
