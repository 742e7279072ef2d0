package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Volume mount.")
@RecordBuilder
public record VolumeMount(
        @Field(value = "Name.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Read only.", tag = 2) boolean readOnly,

        @Field(value = "Recursive read only.", tag = 7) @Nullable
        String recursiveReadOnly,

        @Field(value = "Mount path.", tag = 3, required = true, alwaysWritten = true)
        String mountPath,

        @Field(value = "Sub path.", tag = 4) String subPath,

        @Field(
                value = "Mount propagation.",
                tag = 5,
                enumValues = {
                    MountPropagationMode.NONE,
                    MountPropagationMode.HOST_TO_CONTAINER,
                    MountPropagationMode.BIDIRECTIONAL
                })
        @Nullable
        String mountPropagation,

        @Field(value = "Sub path expr.", tag = 6) String subPathExpr)
        implements VolumeMountBuilder.With {
    public static final VolumeMount EMPTY = VolumeMountBuilder.builder().build();

    public VolumeMount {
        name = Fields.text(name);
        mountPath = Fields.text(mountPath);
        subPath = Fields.text(subPath);
        subPathExpr = Fields.text(subPathExpr);
    }
}
