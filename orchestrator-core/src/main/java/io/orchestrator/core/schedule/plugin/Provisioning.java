package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.Selector;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.TopologySelectorLabelRequirement;
import io.orchestrator.api.model.core.TopologySelectorTerm;
import io.orchestrator.api.model.storage.CSIDriver;
import io.orchestrator.api.model.storage.CSIStorageCapacity;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import java.util.Optional;

/** Whether a volume can be made for a claim on a node. */
enum Provisioning {
    POSSIBLE,
    IMPOSSIBLE,
    NO_SPACE;

    /** The provisioner of classes whose volumes people make. */
    private static final String NONE = "kubernetes.io/no-provisioner";

    static Provisioning of(PersistentVolumeClaim claim, NodeView node, KnownObjects objects) {
        Optional<StorageClass> found = Storage.storageClass(objects, claim);
        if (found.isEmpty()
                || found.get().provisioner().isEmpty()
                || found.get().provisioner().equals(NONE)
                || !allows(found.get(), node)) {
            return IMPOSSIBLE;
        }
        return hasSpace(claim, found.get(), node, objects) ? POSSIBLE : NO_SPACE;
    }

    private static boolean allows(StorageClass storageClass, NodeView node) {
        if (storageClass.allowedTopologies().isEmpty()) {
            return true;
        }
        for (TopologySelectorTerm term : storageClass.allowedTopologies()) {
            boolean all = true;
            for (TopologySelectorLabelRequirement requirement : term.matchLabelExpressions()) {
                String value = node.labels().get(requirement.key());
                all &= value != null && requirement.values().contains(value);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    /** Only drivers that say so publish how much they have left. */
    private static boolean hasSpace(
            PersistentVolumeClaim claim, StorageClass storageClass, NodeView node, KnownObjects objects) {
        boolean published = objects.find(CSIDriver.TYPE, new ObjectKey("", storageClass.provisioner()))
                .filter(driver -> Boolean.TRUE.equals(driver.spec().storageCapacity()))
                .isPresent();
        if (!published) {
            return true;
        }
        Quantity asked = VolumeMatch.asked(claim);
        for (CSIStorageCapacity capacity : objects.list(CSIStorageCapacity.TYPE)) {
            Quantity limit = capacity.maximumVolumeSize() != null ? capacity.maximumVolumeSize() : capacity.capacity();
            if (capacity.storageClassName().equals(storageClass.metadata().name())
                    && limit != null
                    && limit.compareTo(asked) >= 0
                    && capacity.nodeTopology() != null
                    && Selector.of(capacity.nodeTopology()).matches(node.labels())) {
                return true;
            }
        }
        return false;
    }
}
