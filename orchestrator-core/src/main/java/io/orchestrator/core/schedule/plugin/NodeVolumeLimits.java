package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.CSIPersistentVolumeSource;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.storage.CSINode;
import io.orchestrator.api.model.storage.CSINodeDriver;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.KnownObjects;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node takes only as many volumes of a storage driver as the driver says it can. */
public final class NodeVolumeLimits implements FilterPlugin {
    private static final Verdict TOO_MANY = Verdict.unfit("node(s) exceed max volume count");

    /** A volume, or one that is going to be made for a claim. */
    private record Attached(String driver, String handle) {}

    @Override
    public String name() {
        return "NodeVolumeLimits";
    }

    @Override
    public Set<ResourceType<?>> reads() {
        return Set.of(PersistentVolumeClaim.TYPE, PersistentVolume.TYPE, StorageClass.TYPE, CSINode.TYPE);
    }

    @Override
    public boolean concerns(PodView pod) {
        return !pod.claims().isEmpty();
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        KnownObjects objects = cycle.snapshot().objects();
        Map<String, Integer> limits = limits(objects, node);
        if (limits.isEmpty()) {
            return Verdict.fits();
        }
        Set<Attached> wanted = volumes(cycle.pod(), objects);
        Set<Attached> all = new HashSet<>(wanted);
        node.pods().forEach(pod -> all.addAll(volumes(pod, objects)));
        for (Attached volume : wanted) {
            Integer limit = limits.get(volume.driver);
            long count = all.stream()
                    .filter(other -> other.driver.equals(volume.driver))
                    .count();
            if (limit != null && count > limit) {
                return TOO_MANY;
            }
        }
        return Verdict.fits();
    }

    private static Map<String, Integer> limits(KnownObjects objects, NodeView node) {
        Map<String, Integer> limits = new HashMap<>();
        objects.find(CSINode.TYPE, new ObjectKey("", node.name())).ifPresent(found -> {
            for (CSINodeDriver driver : found.spec().drivers()) {
                if (driver.allocatable() != null && driver.allocatable().count() != null) {
                    limits.put(driver.name(), driver.allocatable().count());
                }
            }
        });
        return limits;
    }

    private static Set<Attached> volumes(PodView pod, KnownObjects objects) {
        Set<Attached> volumes = new HashSet<>();
        for (String name : pod.claims()) {
            Storage.claim(objects, pod.namespace(), name)
                    .flatMap(claim -> volume(claim, objects))
                    .ifPresent(volumes::add);
        }
        return volumes;
    }

    private static Optional<Attached> volume(PersistentVolumeClaim claim, KnownObjects objects) {
        if (claim.spec().volumeName().isEmpty()) {
            return Storage.storageClass(objects, claim)
                    .map(found -> new Attached(found.provisioner(), "claim " + Storage.fullName(claim)));
        }
        return Storage.volume(objects, claim).flatMap(volume -> {
            CSIPersistentVolumeSource csi = volume.spec().csi();
            return csi == null ? Optional.empty() : Optional.of(new Attached(csi.driver(), csi.volumeHandle()));
        });
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(ChangeKind.NODE_ADDED, ChangeKind.POD_GONE, ChangeKind.OBJECT_CHANGED);
    }

    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        if (change instanceof ClusterChange.PodGone gone) {
            return !gone.pod().claims().isEmpty();
        }
        return Storage.mayConcern(change, pod);
    }
}
