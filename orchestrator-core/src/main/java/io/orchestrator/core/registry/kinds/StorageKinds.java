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
import io.orchestrator.core.registry.validation.ClaimValidation;
import io.orchestrator.core.registry.validation.DriverValidation;
import io.orchestrator.core.registry.validation.StorageValidation;
import java.util.List;

/** Volumes, the claims on them, and what drivers tell of them. */
final class StorageKinds {
    private StorageKinds() {}

    static List<ResourceStrategy<?>> all() {
        return List.of(volume(), claim(), storageClass(), driver(), driversOfNode(), capacity(), attachment());
    }

    private static ResourceStrategy<PersistentVolume> volume() {
        return ResourceStrategy.of(PersistentVolume.TYPE)
                .validation(StorageValidation::volume)
                .updateValidation(StorageValidation::volumeUpdate)
                .defaults(StorageDefaults::of)
                .prepareCreate(StorageDefaults::fresh)
                .status((volume, source) -> volume.withStatus(source.status()))
                .build();
    }

    private static ResourceStrategy<PersistentVolumeClaim> claim() {
        return ResourceStrategy.of(PersistentVolumeClaim.TYPE)
                .validation(ClaimValidation::claim)
                .updateValidation(ClaimValidation::claimUpdate)
                .defaults(StorageDefaults::of)
                .prepareCreate(StorageDefaults::fresh)
                .status((claim, source) -> claim.withStatus(source.status()))
                .build();
    }

    private static ResourceStrategy<StorageClass> storageClass() {
        return ResourceStrategy.of(StorageClass.TYPE)
                .validation(StorageValidation::storageClass)
                .updateValidation(StorageValidation::storageClassUpdate)
                .defaults(StorageDefaults::of)
                .build();
    }

    private static ResourceStrategy<CSIDriver> driver() {
        return ResourceStrategy.of(CSIDriver.TYPE)
                .validation(DriverValidation::driver)
                .updateValidation(DriverValidation::driverUpdate)
                .defaults(StorageDefaults::of)
                .generationOf(CSIDriver::spec)
                .versionRequired()
                .build();
    }

    private static ResourceStrategy<CSINode> driversOfNode() {
        return ResourceStrategy.of(CSINode.TYPE)
                .validation(DriverValidation::driversOfNode)
                .versionRequired()
                .build();
    }

    private static ResourceStrategy<CSIStorageCapacity> capacity() {
        return ResourceStrategy.of(CSIStorageCapacity.TYPE)
                .validation(DriverValidation::capacity)
                .updateValidation(DriverValidation::capacityUpdate)
                .versionRequired()
                .build();
    }

    private static ResourceStrategy<VolumeAttachment> attachment() {
        return ResourceStrategy.of(VolumeAttachment.TYPE)
                .validation(DriverValidation::attachment)
                .updateValidation(DriverValidation::attachmentUpdate)
                .prepareCreate(attachment -> attachment.withStatus(VolumeAttachmentStatus.EMPTY))
                .status((attachment, source) -> attachment.withStatus(source.status()))
                .statusKeepsLabels()
                .versionRequired()
                .build();
    }
}
