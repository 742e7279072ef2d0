package io.orchestrator.api.model.autoscaling.v1;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "autoscaling",
        version = "v1",
        kind = "HorizontalPodAutoscaler",
        plural = "horizontalpodautoscalers",
        shortNames = "hpa",
        categories = "all")
@Description("Sizes a workload by the load of its processors.")
@RecordBuilder
public record HorizontalPodAutoscaler(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) HorizontalPodAutoscalerSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        HorizontalPodAutoscalerStatus status)
        implements Resource, HorizontalPodAutoscalerBuilder.With {
    public static final ResourceType<HorizontalPodAutoscaler> TYPE = ResourceType.of(HorizontalPodAutoscaler.class);

    public HorizontalPodAutoscaler {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, HorizontalPodAutoscalerSpec.EMPTY);
        status = Fields.orElse(status, HorizontalPodAutoscalerStatus.EMPTY);
    }

    @Override
    public HorizontalPodAutoscaler withMetadata(ObjectMeta metadata) {
        return HorizontalPodAutoscalerBuilder.With.super.withMetadata(metadata);
    }
}
