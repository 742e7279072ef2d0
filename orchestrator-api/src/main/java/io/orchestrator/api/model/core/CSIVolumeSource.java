package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("A volume that a CSI driver makes for one pod.")
@RecordBuilder
public record CSIVolumeSource(
        @Field(value = "The name of the driver.", tag = 1, required = true, alwaysWritten = true)
        String driver,

        @Field(value = "Whether it is mounted without the right to write.", tag = 2) @Nullable
        Boolean readOnly,

        @Field(value = "The file system to mount, such as ext4.", tag = 3) @Nullable
        String fsType,

        @Field(value = "What the driver is told.", tag = 4) Map<String, String> volumeAttributes,

        @Field(value = "The secret that the driver gets for mounting.", tag = 5) @Nullable
        LocalObjectReference nodePublishSecretRef)
        implements CSIVolumeSourceBuilder.With {
    public static final CSIVolumeSource EMPTY = CSIVolumeSourceBuilder.builder().build();

    public CSIVolumeSource {
        driver = Fields.text(driver);
        volumeAttributes = Fields.map(volumeAttributes);
    }
}
