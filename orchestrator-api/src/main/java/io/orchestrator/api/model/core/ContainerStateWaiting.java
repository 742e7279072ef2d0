package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Why a container cannot run yet.")
@RecordBuilder
public record ContainerStateWaiting(
        @Field(value = "One word, such as CrashLoopBackOff.", tag = 1)
        String reason,

        @Field(value = "The same in words.", tag = 2) String message)
        implements ContainerStateWaitingBuilder.With {
    public static final ContainerStateWaiting EMPTY =
            ContainerStateWaitingBuilder.builder().build();

    public ContainerStateWaiting {
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
