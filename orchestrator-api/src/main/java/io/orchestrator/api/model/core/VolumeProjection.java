package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("One source of a projected volume; exactly one field is set.")
@RecordBuilder
public record VolumeProjection(
        @Field(value = "The keys of a secret.", tag = 1) @Nullable
        SecretProjection secret,

        @Field(value = "Facts about the pod itself.", tag = 2) @Nullable
        DownwardAPIProjection downwardAPI,

        @Field(value = "The keys of a config map.", tag = 3) @Nullable
        ConfigMapProjection configMap,

        @Field(value = "A token of the pod's service account.", tag = 4) @Nullable
        ServiceAccountTokenProjection serviceAccountToken,

        @Field(value = "Certificates of authorities to trust.", tag = 5) @Nullable
        ClusterTrustBundleProjection clusterTrustBundle)
        implements VolumeProjectionBuilder.With {
    public static final VolumeProjection EMPTY =
            VolumeProjectionBuilder.builder().build();
}
