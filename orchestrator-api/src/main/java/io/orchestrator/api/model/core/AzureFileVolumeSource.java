package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Azure file volume source.")
@RecordBuilder
public record AzureFileVolumeSource(
        @Field(value = "Secret name.", tag = 1, required = true, alwaysWritten = true)
        String secretName,

        @Field(value = "Share name.", tag = 2, required = true, alwaysWritten = true)
        String shareName,

        @Field(value = "Read only.", tag = 3) boolean readOnly)
        implements AzureFileVolumeSourceBuilder.With {
    public static final AzureFileVolumeSource EMPTY =
            AzureFileVolumeSourceBuilder.builder().build();

    public AzureFileVolumeSource {
        secretName = Fields.text(secretName);
        shareName = Fields.text(shareName);
    }
}
