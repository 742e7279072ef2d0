package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Fc volume source.")
@RecordBuilder
public record FCVolumeSource(
        @Field(value = "Target ww ns.", tag = 1, listType = ListType.ATOMIC)
        List<String> targetWWNs,

        @Field(value = "Lun.", tag = 2) @Nullable Integer lun,
        @Field(value = "Fs type.", tag = 3) String fsType,
        @Field(value = "Read only.", tag = 4) boolean readOnly,

        @Field(value = "Wwids.", tag = 5, listType = ListType.ATOMIC)
        List<String> wwids)
        implements FCVolumeSourceBuilder.With {
    public static final FCVolumeSource EMPTY = FCVolumeSourceBuilder.builder().build();

    public FCVolumeSource {
        targetWWNs = Fields.list(targetWWNs);
        fsType = Fields.text(fsType);
        wwids = Fields.list(wwids);
    }
}
