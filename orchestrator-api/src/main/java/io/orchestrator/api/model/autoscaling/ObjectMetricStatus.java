package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A metric of one other object as it was observed.")
@RecordBuilder
public record ObjectMetricStatus(
        @Field(value = "Which metric it is.", tag = 1, required = true)
        MetricIdentifier metric,

        @Field(value = "Which value was observed.", tag = 2, required = true)
        MetricValueStatus current,

        @Field(value = "The object that the metric speaks of.", tag = 3, required = true)
        CrossVersionObjectReference describedObject)
        implements ObjectMetricStatusBuilder.With {
    public static final ObjectMetricStatus EMPTY =
            ObjectMetricStatusBuilder.builder().build();

    public ObjectMetricStatus {
        metric = Fields.orElse(metric, MetricIdentifier.EMPTY);
        current = Fields.orElse(current, MetricValueStatus.EMPTY);
        describedObject = Fields.orElse(describedObject, CrossVersionObjectReference.EMPTY);
    }
}
