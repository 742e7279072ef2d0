package io.orchestrator.api.model.networking;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("The pods and the traffic that is allowed for them.")
@RecordBuilder
public record NetworkPolicySpec(
        @Field(
                value = "The pods that it is for; an empty selector takes all of the namespace.",
                tag = 1,
                required = true)
        LabelSelector podSelector,

        @Field(value = "The traffic that they may receive.", tag = 2, listType = ListType.ATOMIC)
        List<NetworkPolicyIngressRule> ingress,

        @Field(value = "The traffic that they may send.", tag = 3, listType = ListType.ATOMIC)
        List<NetworkPolicyEgressRule> egress,

        @Field(
                value = "Which directions it restricts.",
                tag = 4,
                listType = ListType.ATOMIC,
                enumValues = {PolicyType.INGRESS, PolicyType.EGRESS})
        List<String> policyTypes)
        implements NetworkPolicySpecBuilder.With {
    public static final NetworkPolicySpec EMPTY =
            NetworkPolicySpecBuilder.builder().build();

    public NetworkPolicySpec {
        podSelector = Fields.orElse(podSelector, LabelSelector.EMPTY);
        ingress = Fields.list(ingress);
        egress = Fields.list(egress);
        policyTypes = Fields.list(policyTypes);
    }
}
