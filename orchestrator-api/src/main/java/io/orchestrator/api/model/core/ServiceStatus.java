package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Condition;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What is known about a service.")
@RecordBuilder
public record ServiceStatus(
        @Field(value = "Where its load balancer can be reached.", tag = 1)
        LoadBalancerStatus loadBalancer,

        @Field(
                value = "The latest observations on single aspects.",
                tag = 2,
                mergeKey = "type",
                patch = PatchStrategy.MERGE,
                listType = ListType.MAP,
                mapKeys = "type")
        List<Condition> conditions)
        implements ServiceStatusBuilder.With {
    public static final ServiceStatus EMPTY = ServiceStatusBuilder.builder().build();

    public ServiceStatus {
        loadBalancer = Fields.orElse(loadBalancer, LoadBalancerStatus.EMPTY);
        conditions = Fields.list(conditions);
    }
}
