package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("How a container ended.")
@RecordBuilder
public record ContainerStateTerminated(
        @Field(value = "The exit code of its process.", tag = 1, required = true, alwaysWritten = true)
        int exitCode,

        @Field(value = "The signal that ended it; 0 for none.", tag = 2)
        int signal,

        @Field(value = "One word, such as Completed or OOMKilled.", tag = 3)
        String reason,

        @Field(value = "The last words that it left.", tag = 4)
        String message,

        @Field(value = "When it had been started.", tag = 5, alwaysWritten = true) @Nullable
        Time startedAt,

        @Field(value = "When it ended.", tag = 6, alwaysWritten = true) @Nullable
        Time finishedAt,

        @Field(value = "The id that the runtime gave it.", tag = 7)
        String containerID)
        implements ContainerStateTerminatedBuilder.With {
    public static final ContainerStateTerminated EMPTY =
            ContainerStateTerminatedBuilder.builder().build();

    public ContainerStateTerminated {
        reason = Fields.text(reason);
        message = Fields.text(message);
        containerID = Fields.text(containerID);
    }
}
