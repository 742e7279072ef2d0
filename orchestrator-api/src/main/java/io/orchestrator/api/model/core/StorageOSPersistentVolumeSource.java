package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Storage os persistent volume source.")
@RecordBuilder
public record StorageOSPersistentVolumeSource(
        @Field(value = "Volume name.", tag = 1) String volumeName,
        @Field(value = "Volume namespace.", tag = 2) String volumeNamespace,
        @Field(value = "Fs type.", tag = 3) String fsType,
        @Field(value = "Read only.", tag = 4) boolean readOnly,
        @Field(value = "Secret ref.", tag = 5) @Nullable ObjectReference secretRef)
        implements StorageOSPersistentVolumeSourceBuilder.With {
    public static final StorageOSPersistentVolumeSource EMPTY =
            StorageOSPersistentVolumeSourceBuilder.builder().build();

    public StorageOSPersistentVolumeSource {
        volumeName = Fields.text(volumeName);
        volumeNamespace = Fields.text(volumeNamespace);
        fsType = Fields.text(fsType);
    }
}
