package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("The volume that a claim in the same namespace is bound to.")
@RecordBuilder
public record PersistentVolumeClaimVolumeSource(
        @Field(value = "The name of the claim.", tag = 1, required = true, alwaysWritten = true)
        String claimName,

        @Field(value = "Whether it is mounted without the right to write.", tag = 2)
        boolean readOnly)
        implements PersistentVolumeClaimVolumeSourceBuilder.With {
    public static final PersistentVolumeClaimVolumeSource EMPTY =
            PersistentVolumeClaimVolumeSourceBuilder.builder().build();

    public PersistentVolumeClaimVolumeSource {
        claimName = Fields.text(claimName);
    }
}
