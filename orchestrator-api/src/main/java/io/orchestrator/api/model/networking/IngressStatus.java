package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("What is observed of an ingress.")
@RecordBuilder
public record IngressStatus(
        @Field(value = "Where it is reached.", tag = 1) IngressLoadBalancerStatus loadBalancer)
        implements IngressStatusBuilder.With {
    public static final IngressStatus EMPTY = IngressStatusBuilder.builder().build();

    public IngressStatus {
        loadBalancer = Fields.orElse(loadBalancer, IngressLoadBalancerStatus.EMPTY);
    }
}
