package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Node runtime handler.")
@RecordBuilder
public record NodeRuntimeHandler(
        @Field(value = "Name.", tag = 1, alwaysWritten = true)
        String name,

        @Field(value = "Features.", tag = 2) @Nullable NodeRuntimeHandlerFeatures features)
        implements NodeRuntimeHandlerBuilder.With {
    public static final NodeRuntimeHandler EMPTY =
            NodeRuntimeHandlerBuilder.builder().build();

    public NodeRuntimeHandler {
        name = Fields.text(name);
    }
}
