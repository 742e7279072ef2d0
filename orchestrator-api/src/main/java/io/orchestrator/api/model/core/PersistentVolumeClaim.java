package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(version = "v1", kind = "PersistentVolumeClaim", plural = "persistentvolumeclaims", shortNames = "pvc")
@Description("A request for storage.")
@RecordBuilder
public record PersistentVolumeClaim(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) PersistentVolumeClaimSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        PersistentVolumeClaimStatus status)
        implements Resource, PersistentVolumeClaimBuilder.With {
    public static final ResourceType<PersistentVolumeClaim> TYPE = ResourceType.of(PersistentVolumeClaim.class);

    public PersistentVolumeClaim {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, PersistentVolumeClaimSpec.EMPTY);
        status = Fields.orElse(status, PersistentVolumeClaimStatus.EMPTY);
    }

    @Override
    public PersistentVolumeClaim withMetadata(ObjectMeta metadata) {
        return PersistentVolumeClaimBuilder.With.super.withMetadata(metadata);
    }
}
