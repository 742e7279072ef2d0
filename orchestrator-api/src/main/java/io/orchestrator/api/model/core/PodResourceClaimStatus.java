package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Pod resource claim status.")
@RecordBuilder
public record PodResourceClaimStatus(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Resource claim name.", tag = 2) @Nullable
        String resourceClaimName)
        implements PodResourceClaimStatusBuilder.With {
    public static final PodResourceClaimStatus EMPTY =
            PodResourceClaimStatusBuilder.builder().build();

    public PodResourceClaimStatus {
        name = Fields.text(name);
    }
}
