package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A disk that is attached to a node.")
@RecordBuilder
public record LocalVolumeSource(
        @Field(value = "The device or directory on the node.", tag = 1, required = true, alwaysWritten = true)
        String path,

        @Field(value = "The file system to make and mount; absent to detect it.", tag = 2) @Nullable
        String fsType)
        implements LocalVolumeSourceBuilder.With {
    public static final LocalVolumeSource EMPTY =
            LocalVolumeSourceBuilder.builder().build();

    public LocalVolumeSource {
        path = Fields.text(path);
    }
}
