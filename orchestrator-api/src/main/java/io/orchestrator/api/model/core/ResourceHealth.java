package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("The health of one device.")
@RecordBuilder
public record ResourceHealth(
        @Field(value = "The id of the device.", tag = 1, required = true, alwaysWritten = true)
        String resourceID,

        @Field(value = "Healthy, Unhealthy or Unknown.", tag = 2)
        String health)
        implements ResourceHealthBuilder.With {
    public static final ResourceHealth EMPTY = ResourceHealthBuilder.builder().build();

    public ResourceHealth {
        resourceID = Fields.text(resourceID);
        health = Fields.text(health);
    }
}
