package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Glusterfs persistent volume source.")
@RecordBuilder
public record GlusterfsPersistentVolumeSource(
        @Field(value = "Endpoints.", tag = 1, required = true, alwaysWritten = true)
        String endpoints,

        @Field(value = "Path.", tag = 2, required = true, alwaysWritten = true)
        String path,

        @Field(value = "Read only.", tag = 3) boolean readOnly,

        @Field(value = "Endpoints namespace.", tag = 4) @Nullable
        String endpointsNamespace)
        implements GlusterfsPersistentVolumeSourceBuilder.With {
    public static final GlusterfsPersistentVolumeSource EMPTY =
            GlusterfsPersistentVolumeSourceBuilder.builder().build();

    public GlusterfsPersistentVolumeSource {
        endpoints = Fields.text(endpoints);
        path = Fields.text(path);
    }
}
