package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Facts about the pod as files.")
@RecordBuilder
public record DownwardAPIProjection(
        @Field(value = "The files.", tag = 1, listType = ListType.ATOMIC)
        List<DownwardAPIVolumeFile> items) implements DownwardAPIProjectionBuilder.With {
    public static final DownwardAPIProjection EMPTY =
            DownwardAPIProjectionBuilder.builder().build();

    public DownwardAPIProjection {
        items = Fields.list(items);
    }
}
