package io.orchestrator.api.model.storage;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "storage.k8s.io",
        version = "v1",
        kind = "VolumeAttachment",
        plural = "volumeattachments",
        namespaced = false)
@Description("A volume that is to be attached to a node.")
@RecordBuilder
public record VolumeAttachment(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2, required = true)
        VolumeAttachmentSpec spec,

        @Field(value = "What is observed; written by the system.", tag = 3)
        VolumeAttachmentStatus status)
        implements Resource, VolumeAttachmentBuilder.With {
    public static final ResourceType<VolumeAttachment> TYPE = ResourceType.of(VolumeAttachment.class);

    public VolumeAttachment {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, VolumeAttachmentSpec.EMPTY);
        status = Fields.orElse(status, VolumeAttachmentStatus.EMPTY);
    }

    @Override
    public VolumeAttachment withMetadata(ObjectMeta metadata) {
        return VolumeAttachmentBuilder.With.super.withMetadata(metadata);
    }
}
