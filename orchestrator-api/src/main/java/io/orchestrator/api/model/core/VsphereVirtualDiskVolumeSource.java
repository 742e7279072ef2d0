package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Vsphere virtual disk volume source.")
@RecordBuilder
public record VsphereVirtualDiskVolumeSource(
        @Field(value = "Volume path.", tag = 1, required = true, alwaysWritten = true)
        String volumePath,

        @Field(value = "Fs type.", tag = 2) String fsType,
        @Field(value = "Storage policy name.", tag = 3) String storagePolicyName,
        @Field(value = "Storage policy id.", tag = 4) String storagePolicyID)
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
