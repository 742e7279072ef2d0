package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Cinder persistent volume source.")
@RecordBuilder
public record CinderPersistentVolumeSource(
        @Field(value = "Volume id.", tag = 1, required = true, alwaysWritten = true)
        String volumeID,

        @Field(value = "Fs type.", tag = 2) String fsType,
        @Field(value = "Read only.", tag = 3) boolean readOnly,
        @Field(value = "Secret ref.", tag = 4) @Nullable SecretReference secretRef)
        implements CinderPersistentVolumeSourceBuilder.With {
    public static final CinderPersistentVolumeSource EMPTY =
            CinderPersistentVolumeSourceBuilder.builder().build();

    public CinderPersistentVolumeSource {
        volumeID = Fields.text(volumeID);
        fsType = Fields.text(fsType);
    }
}
