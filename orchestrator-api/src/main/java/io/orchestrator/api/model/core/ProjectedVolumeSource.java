package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Files from several sources in one directory.")
@RecordBuilder
public record ProjectedVolumeSource(
        @Field(value = "The sources.", tag = 1, alwaysWritten = true, listType = ListType.ATOMIC)
        List<VolumeProjection> sources,

        @Field(value = "The permissions of the files, where an item gives none.", tag = 2) @Nullable
        Integer defaultMode)
        implements ProjectedVolumeSourceBuilder.With {
    public static final ProjectedVolumeSource EMPTY =
            ProjectedVolumeSourceBuilder.builder().build();

    public ProjectedVolumeSource {
        sources = Fields.list(sources);
    }
}
