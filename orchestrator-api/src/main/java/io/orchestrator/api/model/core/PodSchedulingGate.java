package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Pod scheduling gate.")
@RecordBuilder
public record PodSchedulingGate(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name) implements PodSchedulingGateBuilder.With {
    public static final PodSchedulingGate EMPTY =
            PodSchedulingGateBuilder.builder().build();

    public PodSchedulingGate {
        name = Fields.text(name);
    }
}
