package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Probe.")
@RecordBuilder
public record Probe(
        @Field(value = "Exec.", tag = 1, within = 1) @Nullable
        ExecAction exec,

        @Field(value = "Http get.", tag = 2, within = 1) @Nullable
        HTTPGetAction httpGet,

        @Field(value = "Tcp socket.", tag = 3, within = 1) @Nullable
        TCPSocketAction tcpSocket,

        @Field(value = "Grpc.", tag = 4, within = 1) @Nullable
        GRPCAction grpc,

        @Field(value = "Initial delay seconds.", tag = 2) int initialDelaySeconds,
        @Field(value = "Timeout seconds.", tag = 3) int timeoutSeconds,
        @Field(value = "Period seconds.", tag = 4) int periodSeconds,
        @Field(value = "Success threshold.", tag = 5) int successThreshold,
        @Field(value = "Failure threshold.", tag = 6) int failureThreshold,

        @Field(value = "Termination grace period seconds.", tag = 7) @Nullable
        Long terminationGracePeriodSeconds)
        implements ProbeBuilder.With {
    public static final Probe EMPTY = ProbeBuilder.builder().build();
}
