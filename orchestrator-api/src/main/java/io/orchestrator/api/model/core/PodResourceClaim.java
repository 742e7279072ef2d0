package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Pod resource claim.")
@RecordBuilder
public record PodResourceClaim(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Resource claim name.", tag = 3) @Nullable
        String resourceClaimName,

        @Field(value = "Resource claim template name.", tag = 4) @Nullable
        String resourceClaimTemplateName)
        implements PodResourceClaimBuilder.With {
    public static final PodResourceClaim EMPTY =
            PodResourceClaimBuilder.builder().build();

    public PodResourceClaim {
        name = Fields.text(name);
    }
}
