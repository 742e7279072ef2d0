package io.orchestrator.api.model.networking;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("One end of a connection.")
@RecordBuilder
public record NetworkPolicyPeer(
        @Field(value = "Pods, by their labels.", tag = 1) @Nullable
        LabelSelector podSelector,

        @Field(value = "Namespaces, by their labels.", tag = 2) @Nullable
        LabelSelector namespaceSelector,

        @Field(value = "A range of addresses.", tag = 3) @Nullable
        IPBlock ipBlock)
        implements NetworkPolicyPeerBuilder.With {
    public static final NetworkPolicyPeer EMPTY =
            NetworkPolicyPeerBuilder.builder().build();
}
