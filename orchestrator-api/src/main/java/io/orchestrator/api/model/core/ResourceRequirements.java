package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

@Description("Resource requirements.")
@RecordBuilder
public record ResourceRequirements(
        @Field(value = "Limits.", tag = 1) Map<String, Quantity> limits,
        @Field(value = "Requests.", tag = 2) Map<String, Quantity> requests,

        @Field(value = "Claims.", tag = 3, listType = ListType.MAP, mapKeys = "name")
        List<ResourceClaim> claims)
        implements ResourceRequirementsBuilder.With {
    public static final ResourceRequirements EMPTY =
            ResourceRequirementsBuilder.builder().build();

    public ResourceRequirements {
        limits = Fields.map(limits);
        requests = Fields.map(requests);
        claims = Fields.list(claims);
    }
}
