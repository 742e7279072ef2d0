package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Puts a volume into the file system of a container.")
@RecordBuilder
public record VolumeMount(
        @Field(value = "The name of the volume.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "Whether it is mounted without the right to write.", tag = 2)
        boolean readOnly,

        @Field(value = "Whether mounts below it are read-only too.", tag = 7) @Nullable
        String recursiveReadOnly,

        @Field(value = "Where it shows up in the container.", tag = 3, required = true, alwaysWritten = true)
        String mountPath,

        @Field(value = "The part of the volume to mount; empty for all of it.", tag = 4)
        String subPath,

        @Field(
                value = "Whether later mounts pass between node and container.",
                tag = 5,
                enumValues = {
                    MountPropagationMode.NONE,
                    MountPropagationMode.HOST_TO_CONTAINER,
                    MountPropagationMode.BIDIRECTIONAL
                })
        @Nullable
        String mountPropagation,

        @Field(value = "As subPath, with variables of the container's environment.", tag = 6)
        String subPathExpr)
        implements VolumeMountBuilder.With {
    public static final VolumeMount EMPTY = VolumeMountBuilder.builder().build();

    public VolumeMount {
        name = Fields.text(name);
        mountPath = Fields.text(mountPath);
        subPath = Fields.text(subPath);
        subPathExpr = Fields.text(subPathExpr);
    }
}
