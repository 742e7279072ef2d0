package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Local volume source.")
@RecordBuilder
public record LocalVolumeSource(
        @Field(value = "Path.", tag = 1, required = true, alwaysWritten = true)
        String path,

        @Field(value = "Fs type.", tag = 2) @Nullable String fsType)
        implements LocalVolumeSourceBuilder.With {
    public static final LocalVolumeSource EMPTY =
            LocalVolumeSourceBuilder.builder().build();

    public LocalVolumeSource {
        path = Fields.text(path);
    }
}
