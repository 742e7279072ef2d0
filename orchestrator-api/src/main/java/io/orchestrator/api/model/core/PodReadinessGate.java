package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A condition that must be true before a pod counts as ready.")
@RecordBuilder
public record PodReadinessGate(
        @Field(value = "The type of the condition.", tag = 1, required = true, alwaysWritten = true)
        String conditionType)
        implements PodReadinessGateBuilder.With {
    public static final PodReadinessGate EMPTY =
            PodReadinessGateBuilder.builder().build();

    public PodReadinessGate {
        conditionType = Fields.text(conditionType);
    }
}
