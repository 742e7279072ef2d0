package io.orchestrator.api.model.policy;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "policy",
        version = "v1",
        kind = "PodDisruptionBudget",
        plural = "poddisruptionbudgets",
        shortNames = "pdb")
@Description("How many pods may be away by intention at once.")
@RecordBuilder
public record PodDisruptionBudget(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) PodDisruptionBudgetSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        PodDisruptionBudgetStatus status)
        implements Resource, PodDisruptionBudgetBuilder.With {
    public static final ResourceType<PodDisruptionBudget> TYPE = ResourceType.of(PodDisruptionBudget.class);

    public PodDisruptionBudget {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, PodDisruptionBudgetSpec.EMPTY);
        status = Fields.orElse(status, PodDisruptionBudgetStatus.EMPTY);
    }

    @Override
    public PodDisruptionBudget withMetadata(ObjectMeta metadata) {
        return PodDisruptionBudgetBuilder.With.super.withMetadata(metadata);
    }
}
