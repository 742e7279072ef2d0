package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The state of a mount.")
@RecordBuilder
public record VolumeMountStatus(
        @Field(value = "The name of the volume.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Where it shows up.", tag = 2, required = true, alwaysWritten = true)
        String mountPath,

        @Field(value = "Whether it is mounted without the right to write.", tag = 3)
        boolean readOnly,

        @Field(value = "Whether mounts below it are read-only too.", tag = 4) @Nullable
        String recursiveReadOnly)
        implements VolumeMountStatusBuilder.With {
    public static final VolumeMountStatus EMPTY =
            VolumeMountStatusBuilder.builder().build();

    public VolumeMountStatus {
        name = Fields.text(name);
        mountPath = Fields.text(mountPath);
    }
}
