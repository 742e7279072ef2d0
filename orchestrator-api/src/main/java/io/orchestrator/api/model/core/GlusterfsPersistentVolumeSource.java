package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A Gluster volume.")
@RecordBuilder
public record GlusterfsPersistentVolumeSource(
        @Field(value = "The endpoints object that lists the servers.", tag = 1, required = true, alwaysWritten = true)
        String endpoints,

        @Field(value = "The name of the volume.", tag = 2, required = true, alwaysWritten = true)
        String path,

        @Field(value = "Whether it is mounted without the right to write.", tag = 3)
        boolean readOnly,

        @Field(value = "The namespace of the endpoints; absent takes that of the claim.", tag = 4) @Nullable
        String endpointsNamespace)
        implements GlusterfsPersistentVolumeSourceBuilder.With {
    public static final GlusterfsPersistentVolumeSource EMPTY =
            GlusterfsPersistentVolumeSourceBuilder.builder().build();

    public GlusterfsPersistentVolumeSource {
        endpoints = Fields.text(endpoints);
        path = Fields.text(path);
    }
}
