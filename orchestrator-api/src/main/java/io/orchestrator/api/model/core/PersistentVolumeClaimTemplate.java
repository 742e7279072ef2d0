package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Persistent volume claim template.")
@RecordBuilder
public record PersistentVolumeClaimTemplate(
        @Field(value = "Metadata.", tag = 1) ObjectMeta metadata,
        @Field(value = "Spec.", tag = 2, required = true) PersistentVolumeClaimSpec spec)
        implements PersistentVolumeClaimTemplateBuilder.With {
    public static final PersistentVolumeClaimTemplate EMPTY =
            PersistentVolumeClaimTemplateBuilder.builder().build();

    public PersistentVolumeClaimTemplate {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, PersistentVolumeClaimSpec.EMPTY);
    }
}
