package io.orchestrator.core.registry.defaults;

import static io.orchestrator.core.registry.defaults.ContainerDefaults.or;
import static java.util.Objects.requireNonNullElse;

import io.orchestrator.api.model.core.AzureDiskVolumeSource;
import io.orchestrator.api.model.core.AzureDiskVolumeSourceBuilder;
import io.orchestrator.api.model.core.ISCSIPersistentVolumeSource;
import io.orchestrator.api.model.core.ISCSIPersistentVolumeSourceBuilder;
import io.orchestrator.api.model.core.ISCSIVolumeSource;
import io.orchestrator.api.model.core.ISCSIVolumeSourceBuilder;
import io.orchestrator.api.model.core.PersistentVolumeSpec;
import io.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import io.orchestrator.api.model.core.RBDPersistentVolumeSource;
import io.orchestrator.api.model.core.RBDPersistentVolumeSourceBuilder;
import io.orchestrator.api.model.core.RBDVolumeSource;
import io.orchestrator.api.model.core.RBDVolumeSourceBuilder;
import io.orchestrator.api.model.core.ScaleIOPersistentVolumeSource;
import io.orchestrator.api.model.core.ScaleIOPersistentVolumeSourceBuilder;
import io.orchestrator.api.model.core.ScaleIOVolumeSource;
import io.orchestrator.api.model.core.ScaleIOVolumeSourceBuilder;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeBuilder;
import org.jspecify.annotations.Nullable;

/** What Kubernetes fills in for disks that are reached over a network, in pods and as volumes of the cluster. */
final class DiskDefaults {
    private static final String INTERFACE = "default";
    private static final String POOL = "rbd";
    private static final String USER = "admin";
    private static final String KEYRING = "/etc/ceph/keyring";
    private static final String THIN = "ThinProvisioned";
    private static final String SCALE_IO_FILE_SYSTEM = "xfs";

    private DiskDefaults() {}

    static void of(Volume volume, VolumeBuilder builder) {
        ISCSIVolumeSource iscsi = volume.iscsi();
        if (iscsi != null) {
            builder.iscsi(ISCSIVolumeSourceBuilder.builder(iscsi)
                    .iscsiInterface(or(iscsi.iscsiInterface(), INTERFACE))
                    .build());
        }
        RBDVolumeSource rbd = volume.rbd();
        if (rbd != null) {
            builder.rbd(RBDVolumeSourceBuilder.builder(rbd)
                    .pool(or(rbd.pool(), POOL))
                    .user(or(rbd.user(), USER))
                    .keyring(or(rbd.keyring(), KEYRING))
                    .build());
        }
        ScaleIOVolumeSource scaleIO = volume.scaleIO();
        if (scaleIO != null) {
            builder.scaleIO(ScaleIOVolumeSourceBuilder.builder(scaleIO)
                    .storageMode(or(scaleIO.storageMode(), THIN))
                    .fsType(or(scaleIO.fsType(), SCALE_IO_FILE_SYSTEM))
                    .build());
        }
        builder.azureDisk(azureDisk(volume.azureDisk()));
    }

    static void of(PersistentVolumeSpec spec, PersistentVolumeSpecBuilder builder) {
        ISCSIPersistentVolumeSource iscsi = spec.iscsi();
        if (iscsi != null) {
            builder.iscsi(ISCSIPersistentVolumeSourceBuilder.builder(iscsi)
                    .iscsiInterface(or(iscsi.iscsiInterface(), INTERFACE))
                    .build());
        }
        RBDPersistentVolumeSource rbd = spec.rbd();
        if (rbd != null) {
            builder.rbd(RBDPersistentVolumeSourceBuilder.builder(rbd)
                    .pool(or(rbd.pool(), POOL))
                    .user(or(rbd.user(), USER))
                    .keyring(or(rbd.keyring(), KEYRING))
                    .build());
        }
        ScaleIOPersistentVolumeSource scaleIO = spec.scaleIO();
        if (scaleIO != null) {
            builder.scaleIO(ScaleIOPersistentVolumeSourceBuilder.builder(scaleIO)
                    .storageMode(or(scaleIO.storageMode(), THIN))
                    .fsType(or(scaleIO.fsType(), SCALE_IO_FILE_SYSTEM))
                    .build());
        }
        builder.azureDisk(azureDisk(spec.azureDisk()));
    }

    private static @Nullable AzureDiskVolumeSource azureDisk(@Nullable AzureDiskVolumeSource source) {
        return source == null
                ? null
                : AzureDiskVolumeSourceBuilder.builder(source)
                        .cachingMode(requireNonNullElse(source.cachingMode(), "ReadWrite"))
                        .kind(requireNonNullElse(source.kind(), "Shared"))
                        .fsType(requireNonNullElse(source.fsType(), "ext4"))
                        .readOnly(requireNonNullElse(source.readOnly(), false))
                        .build();
    }
}
