package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

@Description("How much of a quota is used.")
@RecordBuilder
public record ResourceQuotaStatus(
        @Field(value = "The bounds in force.", tag = 1) Map<String, Quantity> hard,
        @Field(value = "What is used of each.", tag = 2) Map<String, Quantity> used)
        implements ResourceQuotaStatusBuilder.With {
    public static final ResourceQuotaStatus EMPTY =
            ResourceQuotaStatusBuilder.builder().build();

    public ResourceQuotaStatus {
        hard = Fields.map(hard);
        used = Fields.map(used);
    }
}
