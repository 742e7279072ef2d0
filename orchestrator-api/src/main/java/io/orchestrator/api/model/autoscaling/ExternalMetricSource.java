package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A metric from outside, and its target.")
@RecordBuilder
public record ExternalMetricSource(
        @Field(value = "Which metric it is.", tag = 1, required = true)
        MetricIdentifier metric,

        @Field(value = "Which value is aimed at.", tag = 2, required = true)
        MetricTarget target)
        implements ExternalMetricSourceBuilder.With {
    public static final ExternalMetricSource EMPTY =
            ExternalMetricSourceBuilder.builder().build();

    public ExternalMetricSource {
        metric = Fields.orElse(metric, MetricIdentifier.EMPTY);
        target = Fields.orElse(target, MetricTarget.EMPTY);
    }
}
