package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A resource of one container as it was observed.")
@RecordBuilder
public record ContainerResourceMetricStatus(
        @Field(value = "The name of the resource.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Which value was observed.", tag = 2, required = true)
        MetricValueStatus current,

        @Field(value = "The name of the container in the pods.", tag = 3, required = true, alwaysWritten = true)
        String container)
        implements ContainerResourceMetricStatusBuilder.With {
    public static final ContainerResourceMetricStatus EMPTY =
            ContainerResourceMetricStatusBuilder.builder().build();

    public ContainerResourceMetricStatus {
        name = Fields.text(name);
        current = Fields.orElse(current, MetricValueStatus.EMPTY);
        container = Fields.text(container);
    }
}
