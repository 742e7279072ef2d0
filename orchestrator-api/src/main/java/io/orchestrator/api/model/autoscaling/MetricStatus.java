package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A metric as it was observed.")
@RecordBuilder
public record MetricStatus(
        @Field(value = "Which of the sorts below it is.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "A metric of one other object.", tag = 2) @Nullable
        ObjectMetricStatus object,

        @Field(value = "A metric of the pods, averaged over them.", tag = 3) @Nullable
        PodsMetricStatus pods,

        @Field(value = "A resource that the pods request, such as cpu.", tag = 4) @Nullable
        ResourceMetricStatus resource,

        @Field(value = "A resource that one container of the pods requests.", tag = 7) @Nullable
        ContainerResourceMetricStatus containerResource,

        @Field(value = "A metric from outside of the cluster.", tag = 5) @Nullable
        ExternalMetricStatus external)
        implements MetricStatusBuilder.With {
    public static final MetricStatus EMPTY = MetricStatusBuilder.builder().build();

    public MetricStatus {
        type = Fields.text(type);
    }
}
