package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Service account token projection.")
@RecordBuilder
public record ServiceAccountTokenProjection(
        @Field(value = "Audience.", tag = 1) String audience,

        @Field(value = "Expiration seconds.", tag = 2) @Nullable
        Long expirationSeconds,

        @Field(value = "Path.", tag = 3, required = true, alwaysWritten = true)
        String path)
        implements ServiceAccountTokenProjectionBuilder.With {
    public static final ServiceAccountTokenProjection EMPTY =
            ServiceAccountTokenProjectionBuilder.builder().build();

    public ServiceAccountTokenProjection {
        audience = Fields.text(audience);
        path = Fields.text(path);
    }
}
