package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Where a load balancer can be reached.")
@RecordBuilder
public record LoadBalancerStatus(
        @Field(value = "The points of entry.", tag = 1, listType = ListType.ATOMIC)
        List<LoadBalancerIngress> ingress) implements LoadBalancerStatusBuilder.With {
    public static final LoadBalancerStatus EMPTY =
            LoadBalancerStatusBuilder.builder().build();

    public LoadBalancerStatus {
        ingress = Fields.list(ingress);
    }
}
