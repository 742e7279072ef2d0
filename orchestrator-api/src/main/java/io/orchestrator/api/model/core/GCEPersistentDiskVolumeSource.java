package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A Google Compute Engine disk.")
@RecordBuilder
public record GCEPersistentDiskVolumeSource(
        @Field(value = "The name of the disk.", tag = 1, required = true, alwaysWritten = true)
        String pdName,

        @Field(value = "The file system to mount, such as ext4.", tag = 2)
        String fsType,

        @Field(value = "The partition to mount; 0 for the whole disk.", tag = 3)
        int partition,

        @Field(value = "Whether it is mounted without the right to write.", tag = 4)
        boolean readOnly)
        implements GCEPersistentDiskVolumeSourceBuilder.With {
    public static final GCEPersistentDiskVolumeSource EMPTY =
            GCEPersistentDiskVolumeSourceBuilder.builder().build();

    public GCEPersistentDiskVolumeSource {
        pdName = Fields.text(pdName);
        fsType = Fields.text(fsType);
    }
}
