package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A Photon Controller disk.")
@RecordBuilder
public record PhotonPersistentDiskVolumeSource(
        @Field(value = "The id of the disk.", tag = 1, required = true, alwaysWritten = true)
        String pdID,

        @Field(value = "The file system to mount, such as ext4.", tag = 2)
        String fsType)
        implements PhotonPersistentDiskVolumeSourceBuilder.With {
    public static final PhotonPersistentDiskVolumeSource EMPTY =
            PhotonPersistentDiskVolumeSourceBuilder.builder().build();

    public PhotonPersistentDiskVolumeSource {
        pdID = Fields.text(pdID);
        fsType = Fields.text(fsType);
    }
}
