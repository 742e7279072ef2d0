package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A metric of one other object, and its target.")
@RecordBuilder
public record ObjectMetricSource(
        @Field(value = "The object that the metric speaks of.", tag = 1, required = true)
        CrossVersionObjectReference describedObject,

        @Field(value = "Which value is aimed at.", tag = 2, required = true)
        MetricTarget target,

        @Field(value = "Which metric it is.", tag = 3, required = true)
        MetricIdentifier metric)
        implements ObjectMetricSourceBuilder.With {
    public static final ObjectMetricSource EMPTY =
            ObjectMetricSourceBuilder.builder().build();

    public ObjectMetricSource {
        describedObject = Fields.orElse(describedObject, CrossVersionObjectReference.EMPTY);
        target = Fields.orElse(target, MetricTarget.EMPTY);
        metric = Fields.orElse(metric, MetricIdentifier.EMPTY);
    }
}
