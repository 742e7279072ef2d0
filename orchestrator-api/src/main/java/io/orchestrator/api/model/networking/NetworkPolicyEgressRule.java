package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Traffic that may go out.")
@RecordBuilder
public record NetworkPolicyEgressRule(
        @Field(value = "The ports to which it goes; empty for all.", tag = 1, listType = ListType.ATOMIC)
        List<NetworkPolicyPort> ports,

        @Field(value = "Where it goes; empty for anywhere.", tag = 2, listType = ListType.ATOMIC)
        List<NetworkPolicyPeer> to)
        implements NetworkPolicyEgressRuleBuilder.With {
    public static final NetworkPolicyEgressRule EMPTY =
            NetworkPolicyEgressRuleBuilder.builder().build();

    public NetworkPolicyEgressRule {
        ports = Fields.list(ports);
        to = Fields.list(to);
    }
}
