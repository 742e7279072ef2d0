package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A claim that is made with the pod and goes with it.")
@RecordBuilder
public record EphemeralVolumeSource(
        @Field(value = "The claim to make.", tag = 1) @Nullable
        PersistentVolumeClaimTemplate volumeClaimTemplate) implements EphemeralVolumeSourceBuilder.With {
    public static final EphemeralVolumeSource EMPTY =
            EphemeralVolumeSourceBuilder.builder().build();
}
