package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Resource claim.")
@RecordBuilder
public record ResourceClaim(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Request.", tag = 2) String request)
        implements ResourceClaimBuilder.With {
    public static final ResourceClaim EMPTY = ResourceClaimBuilder.builder().build();

    public ResourceClaim {
        name = Fields.text(name);
        request = Fields.text(request);
    }
}
