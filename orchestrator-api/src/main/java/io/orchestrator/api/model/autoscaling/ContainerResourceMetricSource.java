package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A resource of one container of the pods, and its target.")
@RecordBuilder
public record ContainerResourceMetricSource(
        @Field(value = "The name of the resource.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Which value is aimed at.", tag = 2, required = true)
        MetricTarget target,

        @Field(value = "The name of the container in the pods.", tag = 3, required = true, alwaysWritten = true)
        String container)
        implements ContainerResourceMetricSourceBuilder.With {
    public static final ContainerResourceMetricSource EMPTY =
            ContainerResourceMetricSourceBuilder.builder().build();

    public ContainerResourceMetricSource {
        name = Fields.text(name);
        target = Fields.orElse(target, MetricTarget.EMPTY);
        container = Fields.text(container);
    }
}
