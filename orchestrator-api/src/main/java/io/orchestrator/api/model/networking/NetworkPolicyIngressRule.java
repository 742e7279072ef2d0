package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Traffic that may come in.")
@RecordBuilder
public record NetworkPolicyIngressRule(
        @Field(value = "The ports at which it arrives; empty for all.", tag = 1, listType = ListType.ATOMIC)
        List<NetworkPolicyPort> ports,

        @Field(value = "Where it comes from; empty for anywhere.", tag = 2, listType = ListType.ATOMIC)
        List<NetworkPolicyPeer> from)
        implements NetworkPolicyIngressRuleBuilder.With {
    public static final NetworkPolicyIngressRule EMPTY =
            NetworkPolicyIngressRuleBuilder.builder().build();

    public NetworkPolicyIngressRule {
        ports = Fields.list(ports);
        from = Fields.list(from);
    }
}
