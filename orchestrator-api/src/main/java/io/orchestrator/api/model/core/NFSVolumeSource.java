package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A directory of an NFS server.")
@RecordBuilder
public record NFSVolumeSource(
        @Field(value = "The name or address of the server.", tag = 1, required = true, alwaysWritten = true)
        String server,

        @Field(value = "The directory that the server exports.", tag = 2, required = true, alwaysWritten = true)
        String path,

        @Field(value = "Whether it is mounted without the right to write.", tag = 3)
        boolean readOnly)
        implements NFSVolumeSourceBuilder.With {
    public static final NFSVolumeSource EMPTY = NFSVolumeSourceBuilder.builder().build();

    public NFSVolumeSource {
        server = Fields.text(server);
        path = Fields.text(path);
    }
}
