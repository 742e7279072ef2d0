package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Flocker volume source.")
@RecordBuilder
public record FlockerVolumeSource(
        @Field(value = "Dataset name.", tag = 1) String datasetName,
        @Field(value = "Dataset uuid.", tag = 2) String datasetUUID)
        implements FlockerVolumeSourceBuilder.With {
    public static final FlockerVolumeSource EMPTY =
            FlockerVolumeSourceBuilder.builder().build();

    public FlockerVolumeSource {
        datasetName = Fields.text(datasetName);
        datasetUUID = Fields.text(datasetUUID);
    }
}
