package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A disk reached over iSCSI.")
@RecordBuilder
public record ISCSIVolumeSource(
        @Field(
                value = "The address of the target, with a port unless it is the usual one.",
                tag = 1,
                required = true,
                alwaysWritten = true)
        String targetPortal,

        @Field(value = "The qualified name of the target.", tag = 2, required = true, alwaysWritten = true)
        String iqn,

        @Field(value = "The number of the unit at the target.", tag = 3, required = true, alwaysWritten = true)
        int lun,

        @Field(value = "The interface to go through.", tag = 4, defaultValue = "\"default\"")
        String iscsiInterface,

        @Field(value = "The file system to mount, such as ext4.", tag = 5)
        String fsType,

        @Field(value = "Whether it is mounted without the right to write.", tag = 6)
        boolean readOnly,

        @Field(value = "Further addresses of the target.", tag = 7, listType = ListType.ATOMIC)
        List<String> portals,

        @Field(value = "Whether discovery authenticates by CHAP.", tag = 8)
        boolean chapAuthDiscovery,

        @Field(value = "Whether the session authenticates by CHAP.", tag = 11)
        boolean chapAuthSession,

        @Field(value = "The secret with the CHAP credentials.", tag = 10) @Nullable
        LocalObjectReference secretRef,

        @Field(value = "The initiator's own qualified name.", tag = 12) @Nullable
        String initiatorName)
        implements ISCSIVolumeSourceBuilder.With {
    public static final ISCSIVolumeSource EMPTY =
            ISCSIVolumeSourceBuilder.builder().build();

    public ISCSIVolumeSource {
        targetPortal = Fields.text(targetPortal);
        iqn = Fields.text(iqn);
        iscsiInterface = Fields.text(iscsiInterface);
        fsType = Fields.text(fsType);
        portals = Fields.list(portals);
    }
}
