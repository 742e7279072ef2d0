package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

@Description("What is reserved and what may be used at most.")
@RecordBuilder
public record ResourceRequirements(
        @Field(value = "The most that may be used, by resource.", tag = 1)
        Map<String, Quantity> limits,

        @Field(value = "What is reserved, by resource; absent takes the limit.", tag = 2)
        Map<String, Quantity> requests,

        @Field(value = "The claims of the pod that it uses.", tag = 3, listType = ListType.MAP, mapKeys = "name")
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
