package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("What a claim made for one pod looks like.")
@RecordBuilder
public record PersistentVolumeClaimTemplate(
        @Field(value = "Labels and annotations of the claim.", tag = 1)
        ObjectMeta metadata,

        @Field(value = "What the claim asks for.", tag = 2, required = true)
        PersistentVolumeClaimSpec spec)
        implements PersistentVolumeClaimTemplateBuilder.With {
    public static final PersistentVolumeClaimTemplate EMPTY =
            PersistentVolumeClaimTemplateBuilder.builder().build();

    public PersistentVolumeClaimTemplate {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, PersistentVolumeClaimSpec.EMPTY);
    }
}
