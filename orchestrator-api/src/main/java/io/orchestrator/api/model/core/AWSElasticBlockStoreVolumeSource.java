package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Aws elastic block store volume source.")
@RecordBuilder
public record AWSElasticBlockStoreVolumeSource(
        @Field(value = "Volume id.", tag = 1, required = true, alwaysWritten = true)
        String volumeID,

        @Field(value = "Fs type.", tag = 2) String fsType,
        @Field(value = "Partition.", tag = 3) int partition,
        @Field(value = "Read only.", tag = 4) boolean readOnly)
        implements AWSElasticBlockStoreVolumeSourceBuilder.With {
    public static final AWSElasticBlockStoreVolumeSource EMPTY =
            AWSElasticBlockStoreVolumeSourceBuilder.builder().build();

    public AWSElasticBlockStoreVolumeSource {
        volumeID = Fields.text(volumeID);
        fsType = Fields.text(fsType);
    }
}
