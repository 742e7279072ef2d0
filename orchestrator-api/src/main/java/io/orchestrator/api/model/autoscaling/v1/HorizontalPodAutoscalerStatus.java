package io.orchestrator.api.model.autoscaling.v1;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("What is observed of an autoscaler.")
@RecordBuilder
public record HorizontalPodAutoscalerStatus(
        @Field(value = "The generation of the object that this status speaks of.", tag = 1) @Nullable
        Long observedGeneration,

        @Field(value = "When it last changed the number of replicas.", tag = 2) @Nullable
        Time lastScaleTime,

        @Field(value = "How many replicas it saw last.", tag = 3, required = true, alwaysWritten = true)
        int currentReplicas,

        @Field(value = "How many replicas it last wanted.", tag = 4, required = true, alwaysWritten = true)
        int desiredReplicas,

        @Field(value = "The load that it saw last, in percent of what the pods request.", tag = 5) @Nullable
        Integer currentCPUUtilizationPercentage)
        implements HorizontalPodAutoscalerStatusBuilder.With {
    public static final HorizontalPodAutoscalerStatus EMPTY =
            HorizontalPodAutoscalerStatusBuilder.builder().build();
}
