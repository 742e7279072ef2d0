package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Container state terminated.")
@RecordBuilder
public record ContainerStateTerminated(
        @Field(value = "Exit code.", tag = 1, required = true, alwaysWritten = true)
        int exitCode,

        @Field(value = "Signal.", tag = 2) int signal,
        @Field(value = "Reason.", tag = 3) String reason,
        @Field(value = "Message.", tag = 4) String message,

        @Field(value = "Started at.", tag = 5, alwaysWritten = true) @Nullable
        Time startedAt,

        @Field(value = "Finished at.", tag = 6, alwaysWritten = true) @Nullable
        Time finishedAt,

        @Field(value = "Container id.", tag = 7) String containerID)
        implements ContainerStateTerminatedBuilder.With {
    public static final ContainerStateTerminated EMPTY =
            ContainerStateTerminatedBuilder.builder().build();

    public ContainerStateTerminated {
        reason = Fields.text(reason);
        message = Fields.text(message);
        containerID = Fields.text(containerID);
    }
}
