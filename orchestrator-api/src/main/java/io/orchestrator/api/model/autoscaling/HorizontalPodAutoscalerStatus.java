package io.orchestrator.api.model.autoscaling;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("What is observed of an autoscaler.")
@RecordBuilder
public record HorizontalPodAutoscalerStatus(
        @Field(value = "The generation of the object that this status speaks of.", tag = 1) @Nullable
        Long observedGeneration,

        @Field(value = "When it last changed the number of replicas.", tag = 2) @Nullable
        Time lastScaleTime,

        @Field(value = "How many replicas it saw last.", tag = 3)
        int currentReplicas,

        @Field(value = "How many replicas it last wanted.", tag = 4, required = true, alwaysWritten = true)
        int desiredReplicas,

        @Field(value = "The metrics as it saw them last.", tag = 5, alwaysWritten = true, listType = ListType.ATOMIC)
        List<MetricStatus> currentMetrics,

        @Field(
                value = "The latest observations on single aspects.",
                tag = 6,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<HorizontalPodAutoscalerCondition> conditions)
        implements HorizontalPodAutoscalerStatusBuilder.With {
    public static final HorizontalPodAutoscalerStatus EMPTY =
            HorizontalPodAutoscalerStatusBuilder.builder().build();

    public HorizontalPodAutoscalerStatus {
        currentMetrics = Fields.list(currentMetrics);
        conditions = Fields.list(conditions);
    }
}
