package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Where a volume is in its life.")
@RecordBuilder
public record PersistentVolumeStatus(
        @Field(
                value = "Whether it is free, bound, released or failed.",
                tag = 1,
                enumValues = {
                    PersistentVolumePhase.PENDING,
                    PersistentVolumePhase.AVAILABLE,
                    PersistentVolumePhase.BOUND,
                    PersistentVolumePhase.RELEASED,
                    PersistentVolumePhase.FAILED
                })
        String phase,

        @Field(value = "Why it is in this state, in words.", tag = 2)
        String message,

        @Field(value = "Why it is in this state, in one word.", tag = 3)
        String reason,

        @Field(value = "When the phase last changed.", tag = 4) @Nullable
        Time lastPhaseTransitionTime)
        implements PersistentVolumeStatusBuilder.With {
    public static final PersistentVolumeStatus EMPTY =
            PersistentVolumeStatusBuilder.builder().build();

    public PersistentVolumeStatus {
        phase = Fields.text(phase);
        message = Fields.text(message);
        reason = Fields.text(reason);
    }
}
