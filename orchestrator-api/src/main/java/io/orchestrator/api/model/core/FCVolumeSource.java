package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A disk reached over Fibre Channel.")
@RecordBuilder
public record FCVolumeSource(
        @Field(value = "The worldwide names of the targets.", tag = 1, listType = ListType.ATOMIC)
        List<String> targetWWNs,

        @Field(value = "The number of the unit at the targets.", tag = 2) @Nullable
        Integer lun,

        @Field(value = "The file system to mount, such as ext4.", tag = 3)
        String fsType,

        @Field(value = "Whether it is mounted without the right to write.", tag = 4)
        boolean readOnly,

        @Field(
                value = "The worldwide ids of the disk, instead of targets and unit.",
                tag = 5,
                listType = ListType.ATOMIC)
        List<String> wwids)
        implements FCVolumeSourceBuilder.With {
    public static final FCVolumeSource EMPTY = FCVolumeSourceBuilder.builder().build();

    public FCVolumeSource {
        targetWWNs = Fields.list(targetWWNs);
        fsType = Fields.text(fsType);
        wwids = Fields.list(wwids);
    }
}
