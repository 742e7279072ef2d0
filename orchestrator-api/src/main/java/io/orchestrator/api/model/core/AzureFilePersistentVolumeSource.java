package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Azure file persistent volume source.")
@RecordBuilder
public record AzureFilePersistentVolumeSource(
        @Field(value = "Secret name.", tag = 1, required = true, alwaysWritten = true)
        String secretName,

        @Field(value = "Share name.", tag = 2, required = true, alwaysWritten = true)
        String shareName,

        @Field(value = "Read only.", tag = 3) boolean readOnly,

        @Field(value = "Secret namespace.", tag = 4) @Nullable
        String secretNamespace)
        implements AzureFilePersistentVolumeSourceBuilder.With {
    public static final AzureFilePersistentVolumeSource EMPTY =
            AzureFilePersistentVolumeSourceBuilder.builder().build();

    public AzureFilePersistentVolumeSource {
        secretName = Fields.text(secretName);
        shareName = Fields.text(shareName);
    }
}
