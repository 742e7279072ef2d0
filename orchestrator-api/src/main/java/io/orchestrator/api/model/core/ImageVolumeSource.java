package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Image volume source.")
@RecordBuilder
public record ImageVolumeSource(
        @Field(value = "Reference.", tag = 1) String reference,

        @Field(
                value = "Pull policy.",
                tag = 2,
                enumValues = {PullPolicy.ALWAYS, PullPolicy.NEVER, PullPolicy.IF_NOT_PRESENT})
        String pullPolicy)
        implements ImageVolumeSourceBuilder.With {
    public static final ImageVolumeSource EMPTY =
            ImageVolumeSourceBuilder.builder().build();

    public ImageVolumeSource {
        reference = Fields.text(reference);
        pullPolicy = Fields.text(pullPolicy);
    }
}
