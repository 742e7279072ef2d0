package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A StorageOS volume.")
@RecordBuilder
public record StorageOSVolumeSource(
        @Field(value = "The name of the volume within its namespace.", tag = 1)
        String volumeName,

        @Field(value = "The StorageOS namespace of the volume.", tag = 2)
        String volumeNamespace,

        @Field(value = "The file system to mount, such as ext4.", tag = 3)
        String fsType,

        @Field(value = "Whether it is mounted without the right to write.", tag = 4)
        boolean readOnly,

        @Field(value = "The secret with the credentials.", tag = 5) @Nullable
        LocalObjectReference secretRef)
        implements StorageOSVolumeSourceBuilder.With {
    public static final StorageOSVolumeSource EMPTY =
            StorageOSVolumeSourceBuilder.builder().build();

    public StorageOSVolumeSource {
        volumeName = Fields.text(volumeName);
        volumeNamespace = Fields.text(volumeNamespace);
        fsType = Fields.text(fsType);
    }
}
