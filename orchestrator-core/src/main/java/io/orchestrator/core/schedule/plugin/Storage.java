package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimPhase;
import io.orchestrator.api.model.core.VolumeNodeAffinity;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.api.model.storage.VolumeBindingMode;
import io.orchestrator.core.placement.NodeSelectors;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import java.util.Optional;

/** Facts about claims, volumes and classes that several plugins ask for. */
final class Storage {
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
    private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    private Storage() {}

    static Optional<PersistentVolumeClaim> claim(KnownObjects objects, String namespace, String name) {
        return objects.find(PersistentVolumeClaim.TYPE, new ObjectKey(namespace, name));
    }

    static Optional<PersistentVolume> volume(KnownObjects objects, PersistentVolumeClaim claim) {
        return objects.find(
                PersistentVolume.TYPE, new ObjectKey("", claim.spec().volumeName()));
    }

    /** Both sides know of one another. */
    static boolean isBound(PersistentVolumeClaim claim) {
        return !claim.spec().volumeName().isEmpty()
                && (claim.status().phase().equals(PersistentVolumeClaimPhase.BOUND)
                        || claim.metadata().annotations().containsKey(BIND_COMPLETED));
    }

    static String className(PersistentVolumeClaim claim) {
        String old = claim.metadata().annotations().get(OLD_CLASS);
        if (old != null) {
            return old;
        }
        String name = claim.spec().storageClassName();
        return name == null ? "" : name;
    }

    static Optional<StorageClass> storageClass(KnownObjects objects, PersistentVolumeClaim claim) {
        String name = className(claim);
        return name.isEmpty() ? Optional.empty() : objects.find(StorageClass.TYPE, new ObjectKey("", name));
    }

    /** Whether its volume is chosen only when a pod needs it. */
    static boolean waitsForConsumer(KnownObjects objects, PersistentVolumeClaim claim) {
        return storageClass(objects, claim)
                .filter(found -> VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER.equals(found.volumeBindingMode()))
                .isPresent();
    }

    /** Whether the volume can be had on the node. */
    static boolean reaches(PersistentVolume volume, NodeView node) {
        VolumeNodeAffinity affinity = volume.spec().nodeAffinity();
        return affinity == null
                || affinity.required() == null
                || NodeSelectors.match(affinity.required().nodeSelectorTerms(), node.name(), node.labels());
    }

    /** Whether something changed that may matter to the pod's volumes: anything but the claims of others. */
    static boolean mayConcern(ClusterChange change, PodView pod) {
        if (!(change instanceof ClusterChange.ObjectChanged changed)
                || !changed.type().equals(PersistentVolumeClaim.TYPE)) {
            return true;
        }
        Resource claim = changed.after() != null ? changed.after() : changed.before();
        return claim != null
                && claim.metadata().namespace().equals(pod.namespace())
                && pod.claims().contains(claim.metadata().name());
    }

    /** The name that a claim has among all. */
    static String fullName(PersistentVolumeClaim claim) {
        return claim.metadata().namespace() + "/" + claim.metadata().name();
    }
}
