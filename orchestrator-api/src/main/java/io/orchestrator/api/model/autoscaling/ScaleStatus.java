package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Scale status.")
@RecordBuilder
public record ScaleStatus(
        @Field(value = "Replicas.", tag = 1, required = true, alwaysWritten = true)
        int replicas,

        @Field(value = "Selector.", tag = 2) String selector)
        implements ScaleStatusBuilder.With {
    public static final ScaleStatus EMPTY = ScaleStatusBuilder.builder().build();

    public ScaleStatus {
        selector = Fields.text(selector);
    }
}
