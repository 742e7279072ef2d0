package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("How many replicas are wanted.")
@RecordBuilder
public record ScaleSpec(
        @Field(value = "The number that is wanted.", tag = 1)
        int replicas) implements ScaleSpecBuilder.With {
    public static final ScaleSpec EMPTY = ScaleSpecBuilder.builder().build();
}
