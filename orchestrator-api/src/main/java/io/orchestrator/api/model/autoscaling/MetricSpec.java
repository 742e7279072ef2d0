package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A metric and its target.")
@RecordBuilder
public record MetricSpec(
        @Field(value = "Which of the sorts below it is.", tag = 1, required = true, alwaysWritten = true)
        String type,

        @Field(value = "A metric of one other object.", tag = 2) @Nullable
        ObjectMetricSource object,

        @Field(value = "A metric of the pods, averaged over them.", tag = 3) @Nullable
        PodsMetricSource pods,

        @Field(value = "A resource that the pods request, such as cpu.", tag = 4) @Nullable
        ResourceMetricSource resource,

        @Field(value = "A resource that one container of the pods requests.", tag = 7) @Nullable
        ContainerResourceMetricSource containerResource,

        @Field(value = "A metric from outside of the cluster.", tag = 5) @Nullable
        ExternalMetricSource external)
        implements MetricSpecBuilder.With {
    public static final MetricSpec EMPTY = MetricSpecBuilder.builder().build();

    public MetricSpec {
        type = Fields.text(type);
    }
}
