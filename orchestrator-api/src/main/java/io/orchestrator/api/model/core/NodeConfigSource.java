package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Where a node took its configuration from; no longer supported.")
@RecordBuilder
public record NodeConfigSource(
        @Field(value = "The config map that held the configuration.", tag = 2) @Nullable
        ConfigMapNodeConfigSource configMap)
        implements NodeConfigSourceBuilder.With {
    public static final NodeConfigSource EMPTY =
            NodeConfigSourceBuilder.builder().build();
}
