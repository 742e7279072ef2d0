package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A file with one fact about the pod.")
@RecordBuilder
public record DownwardAPIVolumeFile(
        @Field(value = "The file, relative to the volume.", tag = 1, required = true, alwaysWritten = true)
        String path,

        @Field(value = "A field of the pod.", tag = 2) @Nullable
        ObjectFieldSelector fieldRef,

        @Field(value = "A request or limit of a container.", tag = 3) @Nullable
        ResourceFieldSelector resourceFieldRef,

        @Field(value = "The permissions of the file; absent takes those of the volume.", tag = 4) @Nullable
        Integer mode)
        implements DownwardAPIVolumeFileBuilder.With {
    public static final DownwardAPIVolumeFile EMPTY =
            DownwardAPIVolumeFileBuilder.builder().build();

    public DownwardAPIVolumeFile {
        path = Fields.text(path);
    }
}
