package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("An AWS EBS disk.")
@RecordBuilder
public record AWSElasticBlockStoreVolumeSource(
        @Field(value = "The id of the disk.", tag = 1, required = true, alwaysWritten = true)
        String volumeID,

        @Field(value = "The file system to mount, such as ext4.", tag = 2)
        String fsType,

        @Field(value = "The partition to mount; 0 for the whole disk.", tag = 3)
        int partition,

        @Field(value = "Whether it is mounted without the right to write.", tag = 4)
        boolean readOnly)
        implements AWSElasticBlockStoreVolumeSourceBuilder.With {
    public static final AWSElasticBlockStoreVolumeSource EMPTY =
            AWSElasticBlockStoreVolumeSourceBuilder.builder().build();

    public AWSElasticBlockStoreVolumeSource {
        volumeID = Fields.text(volumeID);
        fsType = Fields.text(fsType);
    }
}
