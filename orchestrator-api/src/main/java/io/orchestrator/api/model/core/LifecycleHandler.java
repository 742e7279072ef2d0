package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("One thing to do; exactly one field is set.")
@RecordBuilder
public record LifecycleHandler(
        @Field(value = "Run a command in the container.", tag = 1) @Nullable
        ExecAction exec,

        @Field(value = "Make an HTTP request.", tag = 2) @Nullable
        HTTPGetAction httpGet,

        @Field(value = "No longer supported.", tag = 3) @Nullable
        TCPSocketAction tcpSocket,

        @Field(value = "Wait.", tag = 4) @Nullable SleepAction sleep)
        implements LifecycleHandlerBuilder.With {
    public static final LifecycleHandler EMPTY =
            LifecycleHandlerBuilder.builder().build();
}
