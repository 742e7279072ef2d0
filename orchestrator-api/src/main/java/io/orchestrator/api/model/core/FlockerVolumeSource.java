package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A Flocker dataset.")
@RecordBuilder
public record FlockerVolumeSource(
        @Field(value = "The name of the dataset, as metadata of it has it.", tag = 1)
        String datasetName,

        @Field(value = "The id of the dataset.", tag = 2) String datasetUUID)
        implements FlockerVolumeSourceBuilder.With {
    public static final FlockerVolumeSource EMPTY =
            FlockerVolumeSourceBuilder.builder().build();

    public FlockerVolumeSource {
        datasetName = Fields.text(datasetName);
        datasetUUID = Fields.text(datasetUUID);
    }
}
