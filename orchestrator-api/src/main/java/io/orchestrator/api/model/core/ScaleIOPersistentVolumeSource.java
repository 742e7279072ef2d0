package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Scale io persistent volume source.")
@RecordBuilder
public record ScaleIOPersistentVolumeSource(
        @Field(value = "Gateway.", tag = 1, required = true, alwaysWritten = true)
        String gateway,

        @Field(value = "System.", tag = 2, required = true, alwaysWritten = true)
        String system,

        @Field(value = "Secret ref.", tag = 3, required = true) @Nullable
        SecretReference secretRef,

        @Field(value = "Ssl enabled.", tag = 4) boolean sslEnabled,
        @Field(value = "Protection domain.", tag = 5) String protectionDomain,
        @Field(value = "Storage pool.", tag = 6) String storagePool,

        @Field(value = "Storage mode.", tag = 7, defaultValue = "\"ThinProvisioned\"")
        String storageMode,

        @Field(value = "Volume name.", tag = 8) String volumeName,

        @Field(value = "Fs type.", tag = 9, defaultValue = "\"xfs\"")
        String fsType,

        @Field(value = "Read only.", tag = 10) boolean readOnly)
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
