package io.orchestrator.api.model.storage;

import io.orchestrator.api.model.core.PersistentVolumeSpec;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The volume that is attached.")
@RecordBuilder
public record VolumeAttachmentSource(
        @Field(value = "The name of a persistent volume.", tag = 1) @Nullable
        String persistentVolumeName,

        @Field(value = "A volume that was written into a pod.", tag = 2) @Nullable
        PersistentVolumeSpec inlineVolumeSpec)
        implements VolumeAttachmentSourceBuilder.With {
    public static final VolumeAttachmentSource EMPTY =
            VolumeAttachmentSourceBuilder.builder().build();
}
