package io.orchestrator.core.registry.defaults;

import io.orchestrator.api.model.core.ConfigMapVolumeSource;
import io.orchestrator.api.model.core.ConfigMapVolumeSourceBuilder;
import io.orchestrator.api.model.core.DownwardAPIProjection;
import io.orchestrator.api.model.core.DownwardAPIProjectionBuilder;
import io.orchestrator.api.model.core.DownwardAPIVolumeFile;
import io.orchestrator.api.model.core.DownwardAPIVolumeFileBuilder;
import io.orchestrator.api.model.core.DownwardAPIVolumeSource;
import io.orchestrator.api.model.core.DownwardAPIVolumeSourceBuilder;
import io.orchestrator.api.model.core.EmptyDirVolumeSource;
import io.orchestrator.api.model.core.EphemeralVolumeSource;
import io.orchestrator.api.model.core.EphemeralVolumeSourceBuilder;
import io.orchestrator.api.model.core.HostPathVolumeSource;
import io.orchestrator.api.model.core.HostPathVolumeSourceBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimTemplate;
import io.orchestrator.api.model.core.PersistentVolumeClaimTemplateBuilder;
import io.orchestrator.api.model.core.ProjectedVolumeSource;
import io.orchestrator.api.model.core.ProjectedVolumeSourceBuilder;
import io.orchestrator.api.model.core.SecretVolumeSource;
import io.orchestrator.api.model.core.SecretVolumeSourceBuilder;
import io.orchestrator.api.model.core.ServiceAccountTokenProjection;
import io.orchestrator.api.model.core.ServiceAccountTokenProjectionBuilder;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.api.model.core.VolumeProjection;
import io.orchestrator.api.model.core.VolumeProjectionBuilder;
import org.jspecify.annotations.Nullable;

/** What Kubernetes fills in for a volume. */
final class VolumeDefaults {
    private static final int MODE = 0644;
    private static final long TOKEN_SECONDS = 3600;

    private VolumeDefaults() {}

    static Volume of(Volume volume) {
        VolumeBuilder builder = VolumeBuilder.builder(volume)
                .secret(secret(volume.secret()))
                .configMap(configMap(volume.configMap()))
                .downwardAPI(downward(volume.downwardAPI()))
                .projected(projected(volume.projected()))
                .hostPath(hostPath(volume.hostPath()))
                .ephemeral(ephemeral(volume.ephemeral()));
        DiskDefaults.of(volume, builder);
        if (VolumeBuilder.builder(volume).name("").build().equals(Volume.EMPTY)) {
            builder.emptyDir(EmptyDirVolumeSource.EMPTY);
        }
        return builder.build();
    }

    private static @Nullable SecretVolumeSource secret(@Nullable SecretVolumeSource source) {
        return source == null || source.defaultMode() != null
                ? source
                : SecretVolumeSourceBuilder.builder(source).defaultMode(MODE).build();
    }

    private static @Nullable ConfigMapVolumeSource configMap(@Nullable ConfigMapVolumeSource source) {
        return source == null || source.defaultMode() != null
                ? source
                : ConfigMapVolumeSourceBuilder.builder(source).defaultMode(MODE).build();
    }

    private static @Nullable DownwardAPIVolumeSource downward(@Nullable DownwardAPIVolumeSource source) {
        if (source == null) {
            return null;
        }
        return DownwardAPIVolumeSourceBuilder.builder(source)
                .defaultMode(source.defaultMode() == null ? Integer.valueOf(MODE) : source.defaultMode())
                .items(Each.of(source.items(), VolumeDefaults::file))
                .build();
    }

    private static @Nullable ProjectedVolumeSource projected(@Nullable ProjectedVolumeSource source) {
        if (source == null) {
            return null;
        }
        return ProjectedVolumeSourceBuilder.builder(source)
                .defaultMode(source.defaultMode() == null ? Integer.valueOf(MODE) : source.defaultMode())
                .sources(Each.of(source.sources(), VolumeDefaults::projection))
                .build();
    }

    private static VolumeProjection projection(VolumeProjection projection) {
        ServiceAccountTokenProjection token = projection.serviceAccountToken();
        DownwardAPIProjection downward = projection.downwardAPI();
        VolumeProjectionBuilder builder = VolumeProjectionBuilder.builder(projection);
        if (token != null && token.expirationSeconds() == null) {
            builder.serviceAccountToken(ServiceAccountTokenProjectionBuilder.builder(token)
                    .expirationSeconds(TOKEN_SECONDS)
                    .build());
        }
        if (downward != null) {
            builder.downwardAPI(DownwardAPIProjectionBuilder.builder(downward)
                    .items(Each.of(downward.items(), VolumeDefaults::file))
                    .build());
        }
        return builder.build();
    }

    private static DownwardAPIVolumeFile file(DownwardAPIVolumeFile file) {
        return file.fieldRef() == null
                ? file
                : DownwardAPIVolumeFileBuilder.builder(file)
                        .fieldRef(ContainerDefaults.fieldRef(file.fieldRef()))
                        .build();
    }

    private static @Nullable EphemeralVolumeSource ephemeral(@Nullable EphemeralVolumeSource source) {
        PersistentVolumeClaimTemplate template = source == null ? null : source.volumeClaimTemplate();
        return template == null
                ? source
                : EphemeralVolumeSourceBuilder.builder()
                        .volumeClaimTemplate(PersistentVolumeClaimTemplateBuilder.builder(template)
                                .spec(StorageDefaults.of(template.spec()))
                                .build())
                        .build();
    }

    static @Nullable HostPathVolumeSource hostPath(@Nullable HostPathVolumeSource source) {
        return source == null || source.type() != null
                ? source
                : HostPathVolumeSourceBuilder.builder(source).type("").build();
    }
}
