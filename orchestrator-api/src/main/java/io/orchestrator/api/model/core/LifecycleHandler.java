package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Lifecycle handler.")
@RecordBuilder
public record LifecycleHandler(
        @Field(value = "Exec.", tag = 1) @Nullable ExecAction exec,
        @Field(value = "Http get.", tag = 2) @Nullable HTTPGetAction httpGet,
        @Field(value = "Tcp socket.", tag = 3) @Nullable TCPSocketAction tcpSocket,
        @Field(value = "Sleep.", tag = 4) @Nullable SleepAction sleep)
        implements LifecycleHandlerBuilder.With {
    public static final LifecycleHandler EMPTY =
            LifecycleHandlerBuilder.builder().build();
}
