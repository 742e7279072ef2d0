package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Node config status.")
@RecordBuilder
public record NodeConfigStatus(
        @Field(value = "Assigned.", tag = 1) @Nullable NodeConfigSource assigned,
        @Field(value = "Active.", tag = 2) @Nullable NodeConfigSource active,

        @Field(value = "Last known good.", tag = 3) @Nullable
        NodeConfigSource lastKnownGood,

        @Field(value = "Error.", tag = 4) String error)
        implements NodeConfigStatusBuilder.With {
    public static final NodeConfigStatus EMPTY =
            NodeConfigStatusBuilder.builder().build();

    public NodeConfigStatus {
        error = Fields.text(error);
    }
}
