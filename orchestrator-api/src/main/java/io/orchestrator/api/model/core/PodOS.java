package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("The operating system that a pod is made for.")
@RecordBuilder
public record PodOS(
        @Field(value = "linux or windows.", tag = 1, required = true, alwaysWritten = true)
        String name) implements PodOSBuilder.With {
    public static final PodOS EMPTY = PodOSBuilder.builder().build();

    public PodOS {
        name = Fields.text(name);
    }
}
