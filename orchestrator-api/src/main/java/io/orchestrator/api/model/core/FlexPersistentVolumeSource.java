package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("A volume of an executable plug-in on the node.")
@RecordBuilder
public record FlexPersistentVolumeSource(
        @Field(value = "The name of the plug-in.", tag = 1, required = true, alwaysWritten = true)
        String driver,

        @Field(value = "The file system to mount, such as ext4.", tag = 2)
        String fsType,

        @Field(value = "The secret with the credentials.", tag = 3) @Nullable
        SecretReference secretRef,

        @Field(value = "Whether it is mounted without the right to write.", tag = 4)
        boolean readOnly,

        @Field(value = "What the plug-in is told.", tag = 5) Map<String, String> options)
        implements FlexPersistentVolumeSourceBuilder.With {
    public static final FlexPersistentVolumeSource EMPTY =
            FlexPersistentVolumeSourceBuilder.builder().build();

    public FlexPersistentVolumeSource {
        driver = Fields.text(driver);
        fsType = Fields.text(fsType);
        options = Fields.map(options);
    }
}
