package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("An Azure file share.")
@RecordBuilder
public record AzureFilePersistentVolumeSource(
        @Field(
                value = "The secret with the name and key of the storage account.",
                tag = 1,
                required = true,
                alwaysWritten = true)
        String secretName,

        @Field(value = "The name of the share.", tag = 2, required = true, alwaysWritten = true)
        String shareName,

        @Field(value = "Whether it is mounted without the right to write.", tag = 3)
        boolean readOnly,

        @Field(value = "The namespace of the secret; absent takes that of the claim.", tag = 4) @Nullable
        String secretNamespace)
        implements AzureFilePersistentVolumeSourceBuilder.With {
    public static final AzureFilePersistentVolumeSource EMPTY =
            AzureFilePersistentVolumeSourceBuilder.builder().build();

    public AzureFilePersistentVolumeSource {
        secretName = Fields.text(secretName);
        shareName = Fields.text(shareName);
    }
}
