package io.orchestrator.api.model.networking;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A port or a range of ports.")
@RecordBuilder
public record NetworkPolicyPort(
        @Field(
                value = "TCP, UDP or SCTP.",
                tag = 1,
                enumValues = {Protocol.TCP, Protocol.UDP, Protocol.SCTP})
        @Nullable
        String protocol,

        @Field(value = "A number, or the name of a port of the pod.", tag = 2) @Nullable
        IntOrString port,

        @Field(value = "The last port of a range.", tag = 3) @Nullable
        Integer endPort)
        implements NetworkPolicyPortBuilder.With {
    public static final NetworkPolicyPort EMPTY =
            NetworkPolicyPortBuilder.builder().build();
}
