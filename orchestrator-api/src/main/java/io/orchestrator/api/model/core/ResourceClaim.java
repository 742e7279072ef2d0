package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Names a claim of the pod.")
@RecordBuilder
public record ResourceClaim(
        @Field(value = "The name of the claim in the pod.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "One of the claim's requests; empty for all.", tag = 2)
        String request)
        implements ResourceClaimBuilder.With {
    public static final ResourceClaim EMPTY = ResourceClaimBuilder.builder().build();

    public ResourceClaim {
        name = Fields.text(name);
        request = Fields.text(request);
    }
}
