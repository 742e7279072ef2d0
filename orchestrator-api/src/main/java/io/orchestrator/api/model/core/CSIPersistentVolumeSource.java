package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("Csi persistent volume source.")
@RecordBuilder
public record CSIPersistentVolumeSource(
        @Field(value = "Driver.", tag = 1, required = true, alwaysWritten = true)
        String driver,

        @Field(value = "Volume handle.", tag = 2, required = true, alwaysWritten = true)
        String volumeHandle,

        @Field(value = "Read only.", tag = 3) boolean readOnly,
        @Field(value = "Fs type.", tag = 4) String fsType,
        @Field(value = "Volume attributes.", tag = 5) Map<String, String> volumeAttributes,

        @Field(value = "Controller publish secret ref.", tag = 6) @Nullable
        SecretReference controllerPublishSecretRef,

        @Field(value = "Node stage secret ref.", tag = 7) @Nullable
        SecretReference nodeStageSecretRef,

        @Field(value = "Node publish secret ref.", tag = 8) @Nullable
        SecretReference nodePublishSecretRef,

        @Field(value = "Controller expand secret ref.", tag = 9) @Nullable
        SecretReference controllerExpandSecretRef,

        @Field(value = "Node expand secret ref.", tag = 10) @Nullable
        SecretReference nodeExpandSecretRef)
        implements CSIPersistentVolumeSourceBuilder.With {
    public static final CSIPersistentVolumeSource EMPTY =
            CSIPersistentVolumeSourceBuilder.builder().build();

    public CSIPersistentVolumeSource {
        driver = Fields.text(driver);
        volumeHandle = Fields.text(volumeHandle);
        fsType = Fields.text(fsType);
        volumeAttributes = Fields.map(volumeAttributes);
    }
}
