package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A resource of the pods, and its target.")
@RecordBuilder
public record ResourceMetricSource(
        @Field(value = "The name of the resource.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Which value is aimed at.", tag = 2, required = true)
        MetricTarget target)
        implements ResourceMetricSourceBuilder.With {
    public static final ResourceMetricSource EMPTY =
            ResourceMetricSourceBuilder.builder().build();

    public ResourceMetricSource {
        name = Fields.text(name);
        target = Fields.orElse(target, MetricTarget.EMPTY);
    }
}
