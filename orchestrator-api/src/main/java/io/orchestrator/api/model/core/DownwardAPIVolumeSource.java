package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Downward api volume source.")
@RecordBuilder
public record DownwardAPIVolumeSource(
        @Field(value = "Items.", tag = 1, listType = ListType.ATOMIC)
        List<DownwardAPIVolumeFile> items,

        @Field(value = "Default mode.", tag = 2) @Nullable Integer defaultMode)
        implements DownwardAPIVolumeSourceBuilder.With {
    public static final DownwardAPIVolumeSource EMPTY =
            DownwardAPIVolumeSourceBuilder.builder().build();

    public DownwardAPIVolumeSource {
        items = Fields.list(items);
    }
}
