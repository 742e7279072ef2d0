package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The claim that was made for an entry of the pod.")
@RecordBuilder
public record PodResourceClaimStatus(
        @Field(value = "The name of the entry.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The name of the claim; absent if none was needed.", tag = 2) @Nullable
        String resourceClaimName)
        implements PodResourceClaimStatusBuilder.With {
    public static final PodResourceClaimStatus EMPTY =
            PodResourceClaimStatusBuilder.builder().build();

    public PodResourceClaimStatus {
        name = Fields.text(name);
    }
}
