package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The state of a configuration taken from a config map; no longer supported.")
@RecordBuilder
public record NodeConfigStatus(
        @Field(value = "The configuration that the node is to use.", tag = 1) @Nullable
        NodeConfigSource assigned,

        @Field(value = "The configuration that the node uses.", tag = 2) @Nullable
        NodeConfigSource active,

        @Field(value = "The configuration that the node goes back to after an error.", tag = 3) @Nullable
        NodeConfigSource lastKnownGood,

        @Field(value = "What is wrong with the assigned configuration.", tag = 4)
        String error)
        implements NodeConfigStatusBuilder.With {
    public static final NodeConfigStatus EMPTY =
            NodeConfigStatusBuilder.builder().build();

    public NodeConfigStatus {
        error = Fields.text(error);
    }
}
