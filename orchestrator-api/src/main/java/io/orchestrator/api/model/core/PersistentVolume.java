package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        version = "v1",
        kind = "PersistentVolume",
        plural = "persistentvolumes",
        namespaced = false,
        shortNames = "pv")
@Description("Storage that outlives pods and waits for a claim.")
@RecordBuilder
public record PersistentVolume(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) PersistentVolumeSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        PersistentVolumeStatus status)
        implements Resource, PersistentVolumeBuilder.With {
    public static final ResourceType<PersistentVolume> TYPE = ResourceType.of(PersistentVolume.class);

    public PersistentVolume {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, PersistentVolumeSpec.EMPTY);
        status = Fields.orElse(status, PersistentVolumeStatus.EMPTY);
    }

    @Override
    public PersistentVolume withMetadata(ObjectMeta metadata) {
        return PersistentVolumeBuilder.With.super.withMetadata(metadata);
    }
}
