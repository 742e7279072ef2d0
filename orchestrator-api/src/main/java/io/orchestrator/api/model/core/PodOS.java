package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Pod os.")
@RecordBuilder
public record PodOS(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name) implements PodOSBuilder.With {
    public static final PodOS EMPTY = PodOSBuilder.builder().build();

    public PodOS {
        name = Fields.text(name);
    }
}
