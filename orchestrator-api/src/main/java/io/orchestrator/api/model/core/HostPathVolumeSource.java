package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A file or directory of the node.")
@RecordBuilder
public record HostPathVolumeSource(
        @Field(value = "The path on the node.", tag = 1, required = true, alwaysWritten = true)
        String path,

        @Field(
                value = "What must be there, or is to be made, at the path.",
                tag = 2,
                enumValues = {
                    HostPathType.DIRECTORY_OR_CREATE,
                    HostPathType.DIRECTORY,
                    HostPathType.FILE_OR_CREATE,
                    HostPathType.FILE,
                    HostPathType.SOCKET,
                    HostPathType.CHAR_DEVICE,
                    HostPathType.BLOCK_DEVICE
                })
        @Nullable
        String type)
        implements HostPathVolumeSourceBuilder.With {
    public static final HostPathVolumeSource EMPTY =
            HostPathVolumeSourceBuilder.builder().build();

    public HostPathVolumeSource {
        path = Fields.text(path);
    }
}
