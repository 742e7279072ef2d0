package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("Csi volume source.")
@RecordBuilder
public record CSIVolumeSource(
        @Field(value = "Driver.", tag = 1, required = true, alwaysWritten = true)
        String driver,

        @Field(value = "Read only.", tag = 2) @Nullable Boolean readOnly,
        @Field(value = "Fs type.", tag = 3) @Nullable String fsType,
        @Field(value = "Volume attributes.", tag = 4) Map<String, String> volumeAttributes,

        @Field(value = "Node publish secret ref.", tag = 5) @Nullable
        LocalObjectReference nodePublishSecretRef)
        implements CSIVolumeSourceBuilder.With {
    public static final CSIVolumeSource EMPTY = CSIVolumeSourceBuilder.builder().build();

    public CSIVolumeSource {
        driver = Fields.text(driver);
        volumeAttributes = Fields.map(volumeAttributes);
    }
}
