package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Persistent volume status.")
@RecordBuilder
public record PersistentVolumeStatus(
        @Field(
                value = "Phase.",
                tag = 1,
                enumValues = {
                    PersistentVolumePhase.PENDING,
                    PersistentVolumePhase.AVAILABLE,
                    PersistentVolumePhase.BOUND,
                    PersistentVolumePhase.RELEASED,
                    PersistentVolumePhase.FAILED
                })
        String phase,

        @Field(value = "Message.", tag = 2) String message,
        @Field(value = "Reason.", tag = 3) String reason,

        @Field(value = "Last phase transition time.", tag = 4) @Nullable
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
