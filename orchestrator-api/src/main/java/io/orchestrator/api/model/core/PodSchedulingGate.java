package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Something that must happen before a pod is scheduled.")
@RecordBuilder
public record PodSchedulingGate(
        @Field(value = "The name of the gate.", tag = 1, required = true, alwaysWritten = true)
        String name) implements PodSchedulingGateBuilder.With {
    public static final PodSchedulingGate EMPTY =
            PodSchedulingGateBuilder.builder().build();

    public PodSchedulingGate {
        name = Fields.text(name);
    }
}
