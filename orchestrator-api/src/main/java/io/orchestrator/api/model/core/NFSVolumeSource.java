package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Nfs volume source.")
@RecordBuilder
public record NFSVolumeSource(
        @Field(value = "Server.", tag = 1, required = true, alwaysWritten = true)
        String server,

        @Field(value = "Path.", tag = 2, required = true, alwaysWritten = true)
        String path,

        @Field(value = "Read only.", tag = 3) boolean readOnly)
        implements NFSVolumeSourceBuilder.With {
    public static final NFSVolumeSource EMPTY = NFSVolumeSourceBuilder.builder().build();

    public NFSVolumeSource {
        server = Fields.text(server);
        path = Fields.text(path);
    }
}
