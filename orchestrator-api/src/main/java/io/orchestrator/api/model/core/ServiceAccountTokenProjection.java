package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A token that is renewed in time, as a file.")
@RecordBuilder
public record ServiceAccountTokenProjection(
        @Field(value = "Who the token is meant for; empty for the API server.", tag = 1)
        String audience,

        @Field(value = "How long a token is valid.", tag = 2) @Nullable
        Long expirationSeconds,

        @Field(value = "The file, relative to the volume.", tag = 3, required = true, alwaysWritten = true)
        String path)
        implements ServiceAccountTokenProjectionBuilder.With {
    public static final ServiceAccountTokenProjection EMPTY =
            ServiceAccountTokenProjectionBuilder.builder().build();

    public ServiceAccountTokenProjection {
        audience = Fields.text(audience);
        path = Fields.text(path);
    }
}
