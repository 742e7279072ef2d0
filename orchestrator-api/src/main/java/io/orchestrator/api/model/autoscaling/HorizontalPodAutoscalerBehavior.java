package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How fast it goes up and down.")
@RecordBuilder
public record HorizontalPodAutoscalerBehavior(
        @Field(value = "How fast it goes up.", tag = 1) @Nullable
        HPAScalingRules scaleUp,

        @Field(value = "How fast it goes down.", tag = 2) @Nullable
        HPAScalingRules scaleDown)
        implements HorizontalPodAutoscalerBehaviorBuilder.With {
    public static final HorizontalPodAutoscalerBehavior EMPTY =
            HorizontalPodAutoscalerBehaviorBuilder.builder().build();
}
