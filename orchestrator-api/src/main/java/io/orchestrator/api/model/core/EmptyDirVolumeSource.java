package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A directory that begins empty and ends with the pod.")
@RecordBuilder
public record EmptyDirVolumeSource(
        @Field(value = "What holds it: the disk of the node, or memory.", tag = 1)
        String medium,

        @Field(value = "How large it may grow.", tag = 2) @Nullable
        Quantity sizeLimit)
        implements EmptyDirVolumeSourceBuilder.With {
    public static final EmptyDirVolumeSource EMPTY =
            EmptyDirVolumeSourceBuilder.builder().build();

    public EmptyDirVolumeSource {
        medium = Fields.text(medium);
    }
}
