package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Files with facts about the pod itself.")
@RecordBuilder
public record DownwardAPIVolumeSource(
        @Field(value = "The files.", tag = 1, listType = ListType.ATOMIC)
        List<DownwardAPIVolumeFile> items,

        @Field(value = "The permissions of the files, where an item gives none.", tag = 2) @Nullable
        Integer defaultMode)
        implements DownwardAPIVolumeSourceBuilder.With {
    public static final DownwardAPIVolumeSource EMPTY =
            DownwardAPIVolumeSourceBuilder.builder().build();

    public DownwardAPIVolumeSource {
        items = Fields.list(items);
    }
}
