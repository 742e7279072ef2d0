package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A metric from outside as it was observed.")
@RecordBuilder
public record ExternalMetricStatus(
        @Field(value = "Which metric it is.", tag = 1, required = true)
        MetricIdentifier metric,

        @Field(value = "Which value was observed.", tag = 2, required = true)
        MetricValueStatus current)
        implements ExternalMetricStatusBuilder.With {
    public static final ExternalMetricStatus EMPTY =
            ExternalMetricStatusBuilder.builder().build();

    public ExternalMetricStatus {
        metric = Fields.orElse(metric, MetricIdentifier.EMPTY);
        current = Fields.orElse(current, MetricValueStatus.EMPTY);
    }
}
