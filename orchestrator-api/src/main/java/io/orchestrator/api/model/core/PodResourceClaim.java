package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A claim on devices that the pod uses.")
@RecordBuilder
public record PodResourceClaim(
        @Field(value = "The name by which containers refer to it.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "A claim that exists.", tag = 3) @Nullable
        String resourceClaimName,

        @Field(value = "The template of a claim to make for this pod.", tag = 4) @Nullable
        String resourceClaimTemplateName)
        implements PodResourceClaimBuilder.With {
    public static final PodResourceClaim EMPTY =
            PodResourceClaimBuilder.builder().build();

    public PodResourceClaim {
        name = Fields.text(name);
    }
}
