package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A handler that a container runtime offers, and what it can do.")
@RecordBuilder
public record NodeRuntimeHandler(
        @Field(value = "The name of the handler; empty for the default one.", tag = 1, alwaysWritten = true)
        String name,

        @Field(value = "What the handler can do.", tag = 2) @Nullable
        NodeRuntimeHandlerFeatures features)
        implements NodeRuntimeHandlerBuilder.With {
    public static final NodeRuntimeHandler EMPTY =
            NodeRuntimeHandlerBuilder.builder().build();

    public NodeRuntimeHandler {
        name = Fields.text(name);
    }
}
