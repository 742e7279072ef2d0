package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A Gluster volume.")
@RecordBuilder
public record GlusterfsVolumeSource(
        @Field(value = "The endpoints object that lists the servers.", tag = 1, required = true, alwaysWritten = true)
        String endpoints,

        @Field(value = "The name of the volume.", tag = 2, required = true, alwaysWritten = true)
        String path,

        @Field(value = "Whether it is mounted without the right to write.", tag = 3)
        boolean readOnly)
        implements GlusterfsVolumeSourceBuilder.With {
    public static final GlusterfsVolumeSource EMPTY =
            GlusterfsVolumeSourceBuilder.builder().build();

    public GlusterfsVolumeSource {
        endpoints = Fields.text(endpoints);
        path = Fields.text(path);
    }
}
