package io.orchestrator.api.model.storage;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How many volumes a node can bear.")
@RecordBuilder
public record VolumeNodeResources(
        @Field(value = "The greatest number of volumes; absent for no limit.", tag = 1) @Nullable
        Integer count) implements VolumeNodeResourcesBuilder.With {
    public static final VolumeNodeResources EMPTY =
            VolumeNodeResourcesBuilder.builder().build();
}
