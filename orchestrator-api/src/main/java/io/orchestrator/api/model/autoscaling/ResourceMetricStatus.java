package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A resource of the pods as it was observed.")
@RecordBuilder
public record ResourceMetricStatus(
        @Field(value = "The name of the resource.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Which value was observed.", tag = 2, required = true)
        MetricValueStatus current)
        implements ResourceMetricStatusBuilder.With {
    public static final ResourceMetricStatus EMPTY =
            ResourceMetricStatusBuilder.builder().build();

    public ResourceMetricStatus {
        name = Fields.text(name);
        current = Fields.orElse(current, MetricValueStatus.EMPTY);
    }
}
