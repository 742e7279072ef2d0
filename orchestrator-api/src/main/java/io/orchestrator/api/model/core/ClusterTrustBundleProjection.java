package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Trusted certificates as a file.")
@RecordBuilder
public record ClusterTrustBundleProjection(
        @Field(value = "The name of one bundle.", tag = 1) @Nullable
        String name,

        @Field(value = "All bundles of this signer that the selector chooses.", tag = 2) @Nullable
        String signerName,

        @Field(value = "Which bundles of the signer; absent chooses none, empty all.", tag = 3) @Nullable
        LabelSelector labelSelector,

        @Field(value = "Whether it is fine that no bundle is found.", tag = 5) @Nullable
        Boolean optional,

        @Field(value = "The file, relative to the volume.", tag = 4, required = true, alwaysWritten = true)
        String path)
        implements ClusterTrustBundleProjectionBuilder.With {
    public static final ClusterTrustBundleProjection EMPTY =
            ClusterTrustBundleProjectionBuilder.builder().build();

    public ClusterTrustBundleProjection {
        path = Fields.text(path);
    }
}
