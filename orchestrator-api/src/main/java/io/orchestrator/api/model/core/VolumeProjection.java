package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("Volume projection.")
@RecordBuilder
public record VolumeProjection(
        @Field(value = "Secret.", tag = 1) @Nullable SecretProjection secret,
        @Field(value = "Downward api.", tag = 2) @Nullable DownwardAPIProjection downwardAPI,
        @Field(value = "Config map.", tag = 3) @Nullable ConfigMapProjection configMap,

        @Field(value = "Service account token.", tag = 4) @Nullable
        ServiceAccountTokenProjection serviceAccountToken,

        @Field(value = "Cluster trust bundle.", tag = 5) @Nullable
        ClusterTrustBundleProjection clusterTrustBundle)
        implements VolumeProjectionBuilder.With {
    public static final VolumeProjection EMPTY =
            VolumeProjectionBuilder.builder().build();
}
