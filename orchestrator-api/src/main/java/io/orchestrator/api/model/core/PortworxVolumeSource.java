package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Portworx volume source.")
@RecordBuilder
public record PortworxVolumeSource(
        @Field(value = "Volume id.", tag = 1, required = true, alwaysWritten = true)
        String volumeID,

        @Field(value = "Fs type.", tag = 2) String fsType,
        @Field(value = "Read only.", tag = 3) boolean readOnly)
        implements PortworxVolumeSourceBuilder.With {
    public static final PortworxVolumeSource EMPTY =
            PortworxVolumeSourceBuilder.builder().build();

    public PortworxVolumeSource {
        volumeID = Fields.text(volumeID);
        fsType = Fields.text(fsType);
    }
}
