package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A metric of the pods as it was observed.")
@RecordBuilder
public record PodsMetricStatus(
        @Field(value = "Which metric it is.", tag = 1, required = true)
        MetricIdentifier metric,

        @Field(value = "Which value was observed.", tag = 2, required = true)
        MetricValueStatus current)
        implements PodsMetricStatusBuilder.With {
    public static final PodsMetricStatus EMPTY =
            PodsMetricStatusBuilder.builder().build();

    public PodsMetricStatus {
        metric = Fields.orElse(metric, MetricIdentifier.EMPTY);
        current = Fields.orElse(current, MetricValueStatus.EMPTY);
    }
}
