package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Container state waiting.")
@RecordBuilder
public record ContainerStateWaiting(
        @Field(value = "Reason.", tag = 1) String reason,
        @Field(value = "Message.", tag = 2) String message) implements ContainerStateWaitingBuilder.With {
    public static final ContainerStateWaiting EMPTY =
            ContainerStateWaitingBuilder.builder().build();

    public ContainerStateWaiting {
        reason = Fields.text(reason);
        message = Fields.text(message);
    }
}
