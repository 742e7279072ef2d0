package io.orchestrator.core.registry.defaults;

import static java.util.Objects.requireNonNullElse;

import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimPhase;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpec;
import io.orchestrator.api.model.core.PersistentVolumeClaimStatus;
import io.orchestrator.api.model.core.PersistentVolumeMode;
import io.orchestrator.api.model.core.PersistentVolumePhase;
import io.orchestrator.api.model.core.PersistentVolumeReclaimPolicy;
import io.orchestrator.api.model.core.PersistentVolumeSpec;
import io.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import io.orchestrator.api.model.core.PersistentVolumeStatus;
import io.orchestrator.api.model.core.PersistentVolumeStatusBuilder;
import io.orchestrator.api.model.storage.CSIDriver;
import io.orchestrator.api.model.storage.CSIDriverSpec;
import io.orchestrator.api.model.storage.CSIDriverSpecBuilder;
import io.orchestrator.api.model.storage.FSGroupPolicy;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.api.model.storage.StorageClassBuilder;
import io.orchestrator.api.model.storage.VolumeBindingMode;
import io.orchestrator.api.model.storage.VolumeLifecycleMode;
import java.util.List;

/** What Kubernetes fills in for volumes, claims and what makes them. */
public final class StorageDefaults {
    private StorageDefaults() {}

    public static PersistentVolume of(PersistentVolume volume) {
        PersistentVolumeSpec spec = volume.spec();
        PersistentVolumeStatus status = volume.status();
        PersistentVolumeSpecBuilder builder = PersistentVolumeSpecBuilder.builder(spec)
                .persistentVolumeReclaimPolicy(ContainerDefaults.or(
                        spec.persistentVolumeReclaimPolicy(), PersistentVolumeReclaimPolicy.RETAIN))
                .volumeMode(requireNonNullElse(spec.volumeMode(), PersistentVolumeMode.FILESYSTEM))
                .hostPath(VolumeDefaults.hostPath(spec.hostPath()));
        DiskDefaults.of(spec, builder);
        return volume.withSpec(builder.build())
                .withStatus(status.withPhase(ContainerDefaults.or(status.phase(), PersistentVolumePhase.PENDING)));
    }

    /** A new volume is pending since its creation. */
    public static PersistentVolume fresh(PersistentVolume volume) {
        return volume.withStatus(PersistentVolumeStatusBuilder.builder()
                .phase(PersistentVolumePhase.PENDING)
                .lastPhaseTransitionTime(volume.metadata().creationTimestamp())
                .build());
    }

    public static PersistentVolumeClaim of(PersistentVolumeClaim claim) {
        PersistentVolumeClaimStatus status = claim.status();
        return claim.withSpec(of(claim.spec()))
                .withStatus(status.withPhase(ContainerDefaults.or(status.phase(), PersistentVolumeClaimPhase.PENDING)));
    }

    static PersistentVolumeClaimSpec of(PersistentVolumeClaimSpec spec) {
        return spec.volumeMode() == null ? spec.withVolumeMode(PersistentVolumeMode.FILESYSTEM) : spec;
    }

    public static PersistentVolumeClaim fresh(PersistentVolumeClaim claim) {
        return claim.withStatus(PersistentVolumeClaimStatus.EMPTY);
    }

    public static StorageClass of(StorageClass storage) {
        return StorageClassBuilder.builder(storage)
                .reclaimPolicy(requireNonNullElse(storage.reclaimPolicy(), PersistentVolumeReclaimPolicy.DELETE))
                .volumeBindingMode(requireNonNullElse(storage.volumeBindingMode(), VolumeBindingMode.IMMEDIATE))
                .build();
    }

    public static CSIDriver of(CSIDriver driver) {
        CSIDriverSpec spec = driver.spec();
        return driver.withSpec(CSIDriverSpecBuilder.builder(spec)
                .attachRequired(requireNonNullElse(spec.attachRequired(), true))
                .podInfoOnMount(requireNonNullElse(spec.podInfoOnMount(), false))
                .storageCapacity(requireNonNullElse(spec.storageCapacity(), false))
                .fsGroupPolicy(requireNonNullElse(spec.fsGroupPolicy(), FSGroupPolicy.READ_WRITE_ONCE_WITH_FS_TYPE))
                .volumeLifecycleModes(
                        spec.volumeLifecycleModes().isEmpty()
                                ? List.of(VolumeLifecycleMode.PERSISTENT)
                                : spec.volumeLifecycleModes())
                .requiresRepublish(requireNonNullElse(spec.requiresRepublish(), false))
                .seLinuxMount(requireNonNullElse(spec.seLinuxMount(), false))
                .build());
    }
}
