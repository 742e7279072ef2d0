package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Description("Flex persistent volume source.")
@RecordBuilder
public record FlexPersistentVolumeSource(
        @Field(value = "Driver.", tag = 1, required = true, alwaysWritten = true)
        String driver,

        @Field(value = "Fs type.", tag = 2) String fsType,
        @Field(value = "Secret ref.", tag = 3) @Nullable SecretReference secretRef,
        @Field(value = "Read only.", tag = 4) boolean readOnly,
        @Field(value = "Options.", tag = 5) Map<String, String> options)
        implements FlexPersistentVolumeSourceBuilder.With {
    public static final FlexPersistentVolumeSource EMPTY =
            FlexPersistentVolumeSourceBuilder.builder().build();

    public FlexPersistentVolumeSource {
        driver = Fields.text(driver);
        fsType = Fields.text(fsType);
        options = Fields.map(options);
    }
}
