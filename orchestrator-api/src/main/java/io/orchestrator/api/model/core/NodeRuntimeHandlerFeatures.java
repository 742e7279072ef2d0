package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Node runtime handler features.")
@RecordBuilder
public record NodeRuntimeHandlerFeatures(
        @Field(value = "Recursive read only mounts.", tag = 1) @Nullable
        Boolean recursiveReadOnlyMounts,

        @Field(value = "User namespaces.", tag = 2) @Nullable
        Boolean userNamespaces)
        implements NodeRuntimeHandlerFeaturesBuilder.With {
    public static final NodeRuntimeHandlerFeatures EMPTY =
            NodeRuntimeHandlerFeaturesBuilder.builder().build();
}
