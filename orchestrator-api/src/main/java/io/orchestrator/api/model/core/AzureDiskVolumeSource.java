package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("An Azure disk.")
@RecordBuilder
public record AzureDiskVolumeSource(
        @Field(value = "The name of the disk.", tag = 1, required = true, alwaysWritten = true)
        String diskName,

        @Field(value = "The address of the disk.", tag = 2, required = true, alwaysWritten = true)
        String diskURI,

        @Field(
                value = "How the host caches it.",
                tag = 3,
                defaultValue = "\"ReadWrite\"",
                enumValues = {
                    AzureDataDiskCachingMode.NONE,
                    AzureDataDiskCachingMode.READ_ONLY,
                    AzureDataDiskCachingMode.READ_WRITE
                })
        @Nullable
        String cachingMode,

        @Field(value = "The file system to mount, such as ext4.", tag = 4, defaultValue = "\"ext4\"") @Nullable
        String fsType,

        @Field(value = "Whether it is mounted without the right to write.", tag = 5, defaultValue = "false") @Nullable
        Boolean readOnly,

        @Field(
                value = "How the disk is kept: shared, dedicated or managed.",
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
