package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A vSphere disk.")
@RecordBuilder
public record VsphereVirtualDiskVolumeSource(
        @Field(value = "The path of the disk.", tag = 1, required = true, alwaysWritten = true)
        String volumePath,

        @Field(value = "The file system to mount, such as ext4.", tag = 2)
        String fsType,

        @Field(value = "The name of the storage policy.", tag = 3)
        String storagePolicyName,

        @Field(value = "The id of the storage policy.", tag = 4)
        String storagePolicyID)
        implements VsphereVirtualDiskVolumeSourceBuilder.With {
    public static final VsphereVirtualDiskVolumeSource EMPTY =
            VsphereVirtualDiskVolumeSourceBuilder.builder().build();

    public VsphereVirtualDiskVolumeSource {
        volumePath = Fields.text(volumePath);
        fsType = Fields.text(fsType);
        storagePolicyName = Fields.text(storagePolicyName);
        storagePolicyID = Fields.text(storagePolicyID);
    }
}
