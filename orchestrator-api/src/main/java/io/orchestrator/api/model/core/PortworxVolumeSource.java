package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A Portworx volume.")
@RecordBuilder
public record PortworxVolumeSource(
        @Field(value = "The id of the volume.", tag = 1, required = true, alwaysWritten = true)
        String volumeID,

        @Field(value = "The file system to mount, such as ext4.", tag = 2)
        String fsType,

        @Field(value = "Whether it is mounted without the right to write.", tag = 3)
        boolean readOnly)
        implements PortworxVolumeSourceBuilder.With {
    public static final PortworxVolumeSource EMPTY =
            PortworxVolumeSourceBuilder.builder().build();

    public PortworxVolumeSource {
        volumeID = Fields.text(volumeID);
        fsType = Fields.text(fsType);
    }
}
