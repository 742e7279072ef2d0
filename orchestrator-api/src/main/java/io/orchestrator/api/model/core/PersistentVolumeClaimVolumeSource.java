package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Persistent volume claim volume source.")
@RecordBuilder
public record PersistentVolumeClaimVolumeSource(
        @Field(value = "Claim name.", tag = 1, required = true, alwaysWritten = true)
        String claimName,

        @Field(value = "Read only.", tag = 2) boolean readOnly)
        implements PersistentVolumeClaimVolumeSourceBuilder.With {
    public static final PersistentVolumeClaimVolumeSource EMPTY =
            PersistentVolumeClaimVolumeSourceBuilder.builder().build();

    public PersistentVolumeClaimVolumeSource {
        claimName = Fields.text(claimName);
    }
}
