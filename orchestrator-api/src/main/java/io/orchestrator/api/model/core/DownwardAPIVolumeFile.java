package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Downward api volume file.")
@RecordBuilder
public record DownwardAPIVolumeFile(
        @Field(value = "Path.", tag = 1, required = true, alwaysWritten = true)
        String path,

        @Field(value = "Field ref.", tag = 2) @Nullable ObjectFieldSelector fieldRef,

        @Field(value = "Resource field ref.", tag = 3) @Nullable
        ResourceFieldSelector resourceFieldRef,

        @Field(value = "Mode.", tag = 4) @Nullable Integer mode)
        implements DownwardAPIVolumeFileBuilder.With {
    public static final DownwardAPIVolumeFile EMPTY =
            DownwardAPIVolumeFileBuilder.builder().build();

    public DownwardAPIVolumeFile {
        path = Fields.text(path);
    }
}
