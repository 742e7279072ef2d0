package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Photon persistent disk volume source.")
@RecordBuilder
public record PhotonPersistentDiskVolumeSource(
        @Field(value = "Pd id.", tag = 1, required = true, alwaysWritten = true)
        String pdID,

        @Field(value = "Fs type.", tag = 2) String fsType)
        implements PhotonPersistentDiskVolumeSourceBuilder.With {
    public static final PhotonPersistentDiskVolumeSource EMPTY =
            PhotonPersistentDiskVolumeSourceBuilder.builder().build();

    public PhotonPersistentDiskVolumeSource {
        pdID = Fields.text(pdID);
        fsType = Fields.text(fsType);
    }
}
