package io.orchestrator.core.registry.kinds;

import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.storage.CSIDriver;
import io.orchestrator.api.model.storage.CSINode;
import io.orchestrator.api.model.storage.CSIStorageCapacity;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.api.model.storage.VolumeAttachment;
import io.orchestrator.api.model.storage.VolumeAttachmentStatus;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.defaults.StorageDefaults;
import java.util.List;

/** Volumes, the claims on them, and what drivers tell of them. */
final class StorageKinds {
    private StorageKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(volume(), claim(), storageClass(), driver(), driversOfNode(), capacity(), attachment());
    }

    private static ResourceStrategy<PersistentVolume> volume() {
        return ResourceStrategy.of(PersistentVolume.TYPE)
                .defaults(StorageDefaults::of)
                .prepareCreate(StorageDefaults::fresh)
                .status((volume, source) -> volume.withStatus(source.status()))
                .build();
    }

    private static ResourceStrategy<PersistentVolumeClaim> claim() {
        return ResourceStrategy.of(PersistentVolumeClaim.TYPE)
                .defaults(StorageDefaults::of)
                .prepareCreate(StorageDefaults::fresh)
                .status((claim, source) -> claim.withStatus(source.status()))
                .build();
    }

    private static ResourceStrategy<StorageClass> storageClass() {
        return ResourceStrategy.of(StorageClass.TYPE)
                .defaults(StorageDefaults::of)
                .build();
    }

    private static ResourceStrategy<CSIDriver> driver() {
        return ResourceStrategy.of(CSIDriver.TYPE)
                .defaults(StorageDefaults::of)
                .generationOf(CSIDriver::spec)
                .versionRequired()
                .build();
    }

    private static ResourceStrategy<CSINode> driversOfNode() {
        return ResourceStrategy.of(CSINode.TYPE).versionRequired().build();
    }

    private static ResourceStrategy<CSIStorageCapacity> capacity() {
        return ResourceStrategy.of(CSIStorageCapacity.TYPE).versionRequired().build();
    }

    private static ResourceStrategy<VolumeAttachment> attachment() {
        return ResourceStrategy.of(VolumeAttachment.TYPE)
                .prepareCreate(attachment -> attachment.withStatus(VolumeAttachmentStatus.EMPTY))
                .status((attachment, source) -> attachment.withStatus(source.status()))
                .statusKeepsLabels()
                .versionRequired()
                .build();
    }
}
