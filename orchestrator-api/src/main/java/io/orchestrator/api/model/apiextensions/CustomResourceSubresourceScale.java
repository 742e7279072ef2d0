package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Where an object counts its replicas.")
@RecordBuilder
public record CustomResourceSubresourceScale(
        @Field(value = "The path to the wanted number, below .spec.", required = true, alwaysWritten = true)
        String specReplicasPath,

        @Field(value = "The path to the present number, below .status.", required = true, alwaysWritten = true)
        String statusReplicasPath,

        @Field("The path to a selector in text, below .spec or .status.") @Nullable
        String labelSelectorPath)
        implements CustomResourceSubresourceScaleBuilder.With {
    public static final CustomResourceSubresourceScale EMPTY =
            CustomResourceSubresourceScaleBuilder.builder().build();

    public CustomResourceSubresourceScale {
        specReplicasPath = Fields.text(specReplicasPath);
        statusReplicasPath = Fields.text(statusReplicasPath);
    }
}
