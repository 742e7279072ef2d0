package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Where an ingress is reached.")
@RecordBuilder
public record IngressLoadBalancerStatus(
        @Field(value = "The points at which traffic comes in.", tag = 1, listType = ListType.ATOMIC)
        List<IngressLoadBalancerIngress> ingress)
        implements IngressLoadBalancerStatusBuilder.With {
    public static final IngressLoadBalancerStatus EMPTY =
            IngressLoadBalancerStatusBuilder.builder().build();

    public IngressLoadBalancerStatus {
        ingress = Fields.list(ingress);
    }
}
