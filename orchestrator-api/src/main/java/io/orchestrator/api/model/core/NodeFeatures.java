package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What a container runtime can do, whatever the handler.")
@RecordBuilder
public record NodeFeatures(
        @Field(value = "Whether it lets a pod choose how groups of the image count.", tag = 1) @Nullable
        Boolean supplementalGroupsPolicy)
        implements NodeFeaturesBuilder.With {
    public static final NodeFeatures EMPTY = NodeFeaturesBuilder.builder().build();
}
