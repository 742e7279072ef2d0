package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Azure disk volume source.")
@RecordBuilder
public record AzureDiskVolumeSource(
        @Field(value = "Disk name.", tag = 1, required = true, alwaysWritten = true)
        String diskName,

        @Field(value = "Disk uri.", tag = 2, required = true, alwaysWritten = true)
        String diskURI,

        @Field(
                value = "Caching mode.",
                tag = 3,
                defaultValue = "\"ReadWrite\"",
                enumValues = {
                    AzureDataDiskCachingMode.NONE,
                    AzureDataDiskCachingMode.READ_ONLY,
                    AzureDataDiskCachingMode.READ_WRITE
                })
        @Nullable
        String cachingMode,

        @Field(value = "Fs type.", tag = 4, defaultValue = "\"ext4\"") @Nullable
        String fsType,

        @Field(value = "Read only.", tag = 5, defaultValue = "false") @Nullable
        Boolean readOnly,

        @Field(
                value = "Kind.",
                tag = 6,
                defaultValue = "\"Shared\"",
                enumValues = {AzureDataDiskKind.SHARED, AzureDataDiskKind.DEDICATED, AzureDataDiskKind.MANAGED})
        @Nullable
        String kind)
        implements AzureDiskVolumeSourceBuilder.With {
    public static final AzureDiskVolumeSource EMPTY =
            AzureDiskVolumeSourceBuilder.builder().build();

    public AzureDiskVolumeSource {
        diskName = Fields.text(diskName);
        diskURI = Fields.text(diskURI);
    }
}
