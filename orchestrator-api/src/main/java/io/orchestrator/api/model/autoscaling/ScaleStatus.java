package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("How many replicas there are.")
@RecordBuilder
public record ScaleStatus(
        @Field(value = "The number that there is.", tag = 1, required = true, alwaysWritten = true)
        int replicas,

        @Field(value = "The labels of the pods, in the form of a query.", tag = 2)
        String selector)
        implements ScaleStatusBuilder.With {
    public static final ScaleStatus EMPTY = ScaleStatusBuilder.builder().build();

    public ScaleStatus {
        selector = Fields.text(selector);
    }
}
