package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What a handler of a container runtime can do.")
@RecordBuilder
public record NodeRuntimeHandlerFeatures(
        @Field(value = "Whether mounts can be read-only all the way down.", tag = 1) @Nullable
        Boolean recursiveReadOnlyMounts,

        @Field(value = "Whether containers can have users of their own.", tag = 2) @Nullable
        Boolean userNamespaces)
        implements NodeRuntimeHandlerFeaturesBuilder.With {
    public static final NodeRuntimeHandlerFeatures EMPTY =
            NodeRuntimeHandlerFeaturesBuilder.builder().build();
}
