package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The nodes that can reach a volume.")
@RecordBuilder
public record VolumeNodeAffinity(
        @Field(value = "What the nodes must be like.", tag = 1) @Nullable
        NodeSelector required) implements VolumeNodeAffinityBuilder.With {
    public static final VolumeNodeAffinity EMPTY =
            VolumeNodeAffinityBuilder.builder().build();
}
