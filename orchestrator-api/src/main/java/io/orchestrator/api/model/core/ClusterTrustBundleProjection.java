package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Cluster trust bundle projection.")
@RecordBuilder
public record ClusterTrustBundleProjection(
        @Field(value = "Name.", tag = 1) @Nullable String name,
        @Field(value = "Signer name.", tag = 2) @Nullable String signerName,
        @Field(value = "Label selector.", tag = 3) @Nullable LabelSelector labelSelector,
        @Field(value = "Optional.", tag = 5) @Nullable Boolean optional,

        @Field(value = "Path.", tag = 4, required = true, alwaysWritten = true)
        String path)
        implements ClusterTrustBundleProjectionBuilder.With {
    public static final ClusterTrustBundleProjection EMPTY =
            ClusterTrustBundleProjectionBuilder.builder().build();

    public ClusterTrustBundleProjection {
        path = Fields.text(path);
    }
}
