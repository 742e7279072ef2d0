package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A ScaleIO volume.")
@RecordBuilder
public record ScaleIOPersistentVolumeSource(
        @Field(value = "The address of the gateway.", tag = 1, required = true, alwaysWritten = true)
        String gateway,

        @Field(value = "The name of the storage system.", tag = 2, required = true, alwaysWritten = true)
        String system,

        @Field(value = "The secret with the credentials.", tag = 3, required = true) @Nullable
        SecretReference secretRef,

        @Field(value = "Whether the gateway is spoken to over TLS.", tag = 4)
        boolean sslEnabled,

        @Field(value = "The protection domain of the volume.", tag = 5)
        String protectionDomain,

        @Field(value = "The storage pool of the volume.", tag = 6)
        String storagePool,

        @Field(
                value = "Whether its space is taken at once or as it fills.",
                tag = 7,
                defaultValue = "\"ThinProvisioned\"")
        String storageMode,

        @Field(value = "The name of the volume.", tag = 8) String volumeName,

        @Field(value = "The file system to mount, such as ext4.", tag = 9, defaultValue = "\"xfs\"")
        String fsType,

        @Field(value = "Whether it is mounted without the right to write.", tag = 10)
        boolean readOnly)
        implements ScaleIOPersistentVolumeSourceBuilder.With {
    public static final ScaleIOPersistentVolumeSource EMPTY =
            ScaleIOPersistentVolumeSourceBuilder.builder().build();

    public ScaleIOPersistentVolumeSource {
        gateway = Fields.text(gateway);
        system = Fields.text(system);
        protectionDomain = Fields.text(protectionDomain);
        storagePool = Fields.text(storagePool);
        storageMode = Fields.text(storageMode);
        volumeName = Fields.text(volumeName);
        fsType = Fields.text(fsType);
    }
}
