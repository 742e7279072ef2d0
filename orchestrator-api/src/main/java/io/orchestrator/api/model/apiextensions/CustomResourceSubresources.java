package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("The subresources of a kind.")
@RecordBuilder
public record CustomResourceSubresources(
        @Field("Whether the status is written apart.") @Nullable
        CustomResourceSubresourceStatus status,

        @Field("Where replicas are counted.") @Nullable CustomResourceSubresourceScale scale)
        implements CustomResourceSubresourcesBuilder.With {
    public static final CustomResourceSubresources EMPTY =
            CustomResourceSubresourcesBuilder.builder().build();
}
