package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Which workload is sized, and by what.")
@RecordBuilder
public record HorizontalPodAutoscalerSpec(
        @Field(value = "The workload.", tag = 1, required = true)
        CrossVersionObjectReference scaleTargetRef,

        @Field(value = "The least number of replicas.", tag = 2) @Nullable
        Integer minReplicas,

        @Field(value = "The greatest number of replicas.", tag = 3, required = true, alwaysWritten = true)
        int maxReplicas,

        @Field(value = "The metrics; the one that wants most replicas decides.", tag = 4, listType = ListType.ATOMIC)
        List<MetricSpec> metrics,

        @Field(value = "How fast it may go up and down.", tag = 5) @Nullable
        HorizontalPodAutoscalerBehavior behavior)
        implements HorizontalPodAutoscalerSpecBuilder.With {
    public static final HorizontalPodAutoscalerSpec EMPTY =
            HorizontalPodAutoscalerSpecBuilder.builder().build();

    public HorizontalPodAutoscalerSpec {
        scaleTargetRef = Fields.orElse(scaleTargetRef, CrossVersionObjectReference.EMPTY);
        metrics = Fields.list(metrics);
    }
}
