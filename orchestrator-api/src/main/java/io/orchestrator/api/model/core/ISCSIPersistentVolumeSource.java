package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Iscsi persistent volume source.")
@RecordBuilder
public record ISCSIPersistentVolumeSource(
        @Field(value = "Target portal.", tag = 1, required = true, alwaysWritten = true)
        String targetPortal,

        @Field(value = "Iqn.", tag = 2, required = true, alwaysWritten = true)
        String iqn,

        @Field(value = "Lun.", tag = 3, required = true, alwaysWritten = true)
        int lun,

        @Field(value = "Iscsi interface.", tag = 4, defaultValue = "\"default\"")
        String iscsiInterface,

        @Field(value = "Fs type.", tag = 5) String fsType,
        @Field(value = "Read only.", tag = 6) boolean readOnly,

        @Field(value = "Portals.", tag = 7, listType = ListType.ATOMIC)
        List<String> portals,

        @Field(value = "Chap auth discovery.", tag = 8) boolean chapAuthDiscovery,
        @Field(value = "Chap auth session.", tag = 11) boolean chapAuthSession,
        @Field(value = "Secret ref.", tag = 10) @Nullable SecretReference secretRef,

        @Field(value = "Initiator name.", tag = 12) @Nullable
        String initiatorName)
        implements ISCSIPersistentVolumeSourceBuilder.With {
    public static final ISCSIPersistentVolumeSource EMPTY =
            ISCSIPersistentVolumeSourceBuilder.builder().build();

    public ISCSIPersistentVolumeSource {
        targetPortal = Fields.text(targetPortal);
        iqn = Fields.text(iqn);
        iscsiInterface = Fields.text(iscsiInterface);
        fsType = Fields.text(fsType);
        portals = Fields.list(portals);
    }
}
