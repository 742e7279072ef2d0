package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(version = "v1", kind = "Pod", plural = "pods", shortNames = "po", categories = "all")
@Description("Containers that run together on one node and share its network address and volumes.")
@RecordBuilder
public record Pod(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) PodSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        PodStatus status)
        implements Resource, PodBuilder.With {
    public static final ResourceType<Pod> TYPE = ResourceType.of(Pod.class);

    public Pod {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, PodSpec.EMPTY);
        status = Fields.orElse(status, PodStatus.EMPTY);
    }

    @Override
    public Pod withMetadata(ObjectMeta metadata) {
        return PodBuilder.With.super.withMetadata(metadata);
    }

    /** Begins a pod of that name. */
    public static PodDraft named(String name) {
        return new PodDraft(name);
    }

    /** Whether its condition {@code Ready} is true. */
    public boolean isReady() {
        return status.condition(PodConditionType.READY)
                .filter(condition -> condition.status().equals(ConditionStatus.TRUE))
                .isPresent();
    }
}
