package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Gce persistent disk volume source.")
@RecordBuilder
public record GCEPersistentDiskVolumeSource(
        @Field(value = "Pd name.", tag = 1, required = true, alwaysWritten = true)
        String pdName,

        @Field(value = "Fs type.", tag = 2) String fsType,
        @Field(value = "Partition.", tag = 3) int partition,
        @Field(value = "Read only.", tag = 4) boolean readOnly)
        implements GCEPersistentDiskVolumeSourceBuilder.With {
    public static final GCEPersistentDiskVolumeSource EMPTY =
            GCEPersistentDiskVolumeSourceBuilder.builder().build();

    public GCEPersistentDiskVolumeSource {
        pdName = Fields.text(pdName);
        fsType = Fields.text(fsType);
    }
}
