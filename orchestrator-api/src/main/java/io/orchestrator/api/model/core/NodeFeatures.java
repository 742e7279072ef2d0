package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Node features.")
@RecordBuilder
public record NodeFeatures(
        @Field(value = "Supplemental groups policy.", tag = 1) @Nullable
        Boolean supplementalGroupsPolicy) implements NodeFeaturesBuilder.With {
    public static final NodeFeatures EMPTY = NodeFeaturesBuilder.builder().build();
}
