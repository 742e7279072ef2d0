package io.orchestrator.api.model.autoscaling.v1;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What is wanted of an autoscaler.")
@RecordBuilder
public record HorizontalPodAutoscalerSpec(
        @Field(value = "The workload, which has a scale subresource.", tag = 1, required = true)
        CrossVersionObjectReference scaleTargetRef,

        @Field(value = "The fewest replicas; 1 when absent.", tag = 2) @Nullable
        Integer minReplicas,

        @Field(value = "The most replicas.", tag = 3, required = true, alwaysWritten = true)
        int maxReplicas,

        @Field(value = "The load that is aimed at, in percent of what the pods request.", tag = 4) @Nullable
        Integer targetCPUUtilizationPercentage)
        implements HorizontalPodAutoscalerSpecBuilder.With {
    public static final HorizontalPodAutoscalerSpec EMPTY =
            HorizontalPodAutoscalerSpecBuilder.builder().build();

    public HorizontalPodAutoscalerSpec {
        scaleTargetRef = Fields.orElse(scaleTargetRef, CrossVersionObjectReference.EMPTY);
    }
}
