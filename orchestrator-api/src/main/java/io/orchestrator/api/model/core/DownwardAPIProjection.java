package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Downward api projection.")
@RecordBuilder
public record DownwardAPIProjection(
        @Field(value = "Items.", tag = 1, listType = ListType.ATOMIC)
        List<DownwardAPIVolumeFile> items) implements DownwardAPIProjectionBuilder.With {
    public static final DownwardAPIProjection EMPTY =
            DownwardAPIProjectionBuilder.builder().build();

    public DownwardAPIProjection {
        items = Fields.list(items);
    }
}
