package io.orchestrator.api.model.networking;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;
import io.soabase.recordbuilder.core.RecordBuilder;

@ResourceKind(
        group = "networking.k8s.io",
        version = "v1",
        kind = "NetworkPolicy",
        plural = "networkpolicies",
        shortNames = "netpol")
@Description("Which traffic pods may send and receive.")
@RecordBuilder
public record NetworkPolicy(
        @Field(value = "Who the object is: its name, labels and what the system keeps about it.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What is wanted.", tag = 2) NetworkPolicySpec spec)
        implements Resource, NetworkPolicyBuilder.With {
    public static final ResourceType<NetworkPolicy> TYPE = ResourceType.of(NetworkPolicy.class);

    public NetworkPolicy {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, NetworkPolicySpec.EMPTY);
    }

    @Override
    public NetworkPolicy withMetadata(ObjectMeta metadata) {
        return NetworkPolicyBuilder.With.super.withMetadata(metadata);
    }
}
