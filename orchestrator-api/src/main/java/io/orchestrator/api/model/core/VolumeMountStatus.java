package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Volume mount status.")
@RecordBuilder
public record VolumeMountStatus(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Mount path.", tag = 2, required = true, alwaysWritten = true)
        String mountPath,

        @Field(value = "Read only.", tag = 3) boolean readOnly,

        @Field(value = "Recursive read only.", tag = 4) @Nullable
        String recursiveReadOnly)
        implements VolumeMountStatusBuilder.With {
    public static final VolumeMountStatus EMPTY =
            VolumeMountStatusBuilder.builder().build();

    public VolumeMountStatus {
        name = Fields.text(name);
        mountPath = Fields.text(mountPath);
    }
}
