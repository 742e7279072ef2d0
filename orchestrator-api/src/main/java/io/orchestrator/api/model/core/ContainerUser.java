package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Who a container runs as.")
@RecordBuilder
public record ContainerUser(
        @Field(value = "The ids, on Linux.", tag = 1) @Nullable
        LinuxContainerUser linux) implements ContainerUserBuilder.With {
    public static final ContainerUser EMPTY = ContainerUserBuilder.builder().build();
}
