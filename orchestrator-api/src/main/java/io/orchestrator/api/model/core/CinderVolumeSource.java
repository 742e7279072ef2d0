package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("An OpenStack disk.")
@RecordBuilder
public record CinderVolumeSource(
        @Field(value = "The id of the disk.", tag = 1, required = true, alwaysWritten = true)
        String volumeID,

        @Field(value = "The file system to mount, such as ext4.", tag = 2)
        String fsType,

        @Field(value = "Whether it is mounted without the right to write.", tag = 3)
        boolean readOnly,

        @Field(value = "The secret with the credentials.", tag = 4) @Nullable
        LocalObjectReference secretRef)
        implements CinderVolumeSourceBuilder.With {
    public static final CinderVolumeSource EMPTY =
            CinderVolumeSourceBuilder.builder().build();

    public CinderVolumeSource {
        volumeID = Fields.text(volumeID);
        fsType = Fields.text(fsType);
    }
}
