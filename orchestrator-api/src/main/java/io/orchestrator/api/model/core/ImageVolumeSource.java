package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("The content of an image.")
@RecordBuilder
public record ImageVolumeSource(
        @Field(value = "The image, named as for containers.", tag = 1)
        String reference,

        @Field(
                value = "When it is pulled.",
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
