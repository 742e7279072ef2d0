package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("A volume of a CSI driver.")
@RecordBuilder
public record CSIPersistentVolumeSource(
        @Field(value = "The name of the driver.", tag = 1, required = true, alwaysWritten = true)
        String driver,

        @Field(value = "The name that the driver knows the volume by.", tag = 2, required = true, alwaysWritten = true)
        String volumeHandle,

        @Field(value = "Whether it is mounted without the right to write.", tag = 3)
        boolean readOnly,

        @Field(value = "The file system to mount, such as ext4.", tag = 4)
        String fsType,

        @Field(value = "What the driver is told.", tag = 5) Map<String, String> volumeAttributes,

        @Field(value = "The secret that the driver gets for attaching.", tag = 6) @Nullable
        SecretReference controllerPublishSecretRef,

        @Field(value = "The secret that the driver gets for staging on a node.", tag = 7) @Nullable
        SecretReference nodeStageSecretRef,

        @Field(value = "The secret that the driver gets for mounting.", tag = 8) @Nullable
        SecretReference nodePublishSecretRef,

        @Field(value = "The secret that the driver gets for growing the volume.", tag = 9) @Nullable
        SecretReference controllerExpandSecretRef,

        @Field(value = "The secret that the driver gets for growing it on a node.", tag = 10) @Nullable
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
