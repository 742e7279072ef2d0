package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A question that is put to a container again and again.")
@RecordBuilder
public record Probe(
        @Field(value = "A command that exits with 0 is a yes.", tag = 1, within = 1) @Nullable
        ExecAction exec,

        @Field(value = "An HTTP status from 200 to 399 is a yes.", tag = 2, within = 1) @Nullable
        HTTPGetAction httpGet,

        @Field(value = "An accepted connection is a yes.", tag = 3, within = 1) @Nullable
        TCPSocketAction tcpSocket,

        @Field(value = "The answer SERVING of the gRPC health service is a yes.", tag = 4, within = 1) @Nullable
        GRPCAction grpc,

        @Field(value = "How long to wait after the start of the container.", tag = 2)
        int initialDelaySeconds,

        @Field(value = "How long to wait for an answer.", tag = 3)
        int timeoutSeconds,

        @Field(value = "How often to ask.", tag = 4) int periodSeconds,

        @Field(value = "How many yeses in a row are believed after a no.", tag = 5)
        int successThreshold,

        @Field(value = "How many noes in a row are believed.", tag = 6)
        int failureThreshold,

        @Field(value = "How long the container has to end after a no; absent takes that of the pod.", tag = 7) @Nullable
        Long terminationGracePeriodSeconds)
        implements ProbeBuilder.With {
    public static final Probe EMPTY = ProbeBuilder.builder().build();
}
