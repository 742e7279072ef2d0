package io.orchestrator.core.schedule.plugin;

import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.PersistentVolumeAccessMode;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.core.schedule.framework.ChangeKind;
import io.orchestrator.core.schedule.framework.ClusterChange;
import io.orchestrator.core.schedule.framework.Cycle;
import io.orchestrator.core.schedule.framework.CycleKey;
import io.orchestrator.core.schedule.framework.FilterPlugin;
import io.orchestrator.core.schedule.framework.Forkable;
import io.orchestrator.core.schedule.framework.NodeView;
import io.orchestrator.core.schedule.framework.PodView;
import io.orchestrator.core.schedule.framework.PreFilter;
import io.orchestrator.core.schedule.framework.PreFilterPlugin;
import io.orchestrator.core.schedule.framework.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A claim that one pod alone may use lets no second one in, wherever it is; and a disk that a pod names directly is not mounted
 * twice on a node, unless both only read.
 */
public final class VolumeRestrictions implements PreFilterPlugin, FilterPlugin {
    private static final Verdict IN_USE = Verdict.unfit(
            "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode");
    private static final Verdict NO_DISK = Verdict.unfit("node(s) had no available disk");
    private static final CycleKey<Exclusive> EXCLUSIVE = CycleKey.named("VolumeRestrictions");

    /** The claims that the pod must have for itself, and how many others have one of them. */
    private static final class Exclusive implements Forkable {
        final List<String> claims;
        final String namespace;
        int users;

        Exclusive(List<String> claims, String namespace, int users) {
            this.claims = claims;
            this.namespace = namespace;
            this.users = users;
        }

        @Override
        public Exclusive fork() {
            return new Exclusive(claims, namespace, users);
        }

        void changed(PodView pod, int difference) {
            if (pod.namespace().equals(namespace)) {
                users += difference
                        * (int) pod.claims().stream().filter(claims::contains).count();
            }
        }
    }

    @Override
    public String name() {
        return "VolumeRestrictions";
    }

    @Override
    public Set<ResourceType<?>> reads() {
        return Set.of(PersistentVolumeClaim.TYPE);
    }

    @Override
    public PreFilter preFilter(Cycle cycle) {
        PodView pod = cycle.pod();
        List<String> exclusive = new ArrayList<>();
        int users = 0;
        for (String name : pod.claims()) {
            boolean alone = Storage.claim(cycle.snapshot().objects(), pod.namespace(), name)
                    .filter(claim ->
                            claim.spec().accessModes().contains(PersistentVolumeAccessMode.READ_WRITE_ONCE_POD))
                    .isPresent();
            if (alone) {
                exclusive.add(name);
                users += cycle.snapshot().users(new ObjectKey(pod.namespace(), name));
            }
        }
        if (exclusive.isEmpty() && Disk.of(pod).isEmpty()) {
            return PreFilter.skip();
        }
        cycle.put(EXCLUSIVE, new Exclusive(exclusive, pod.namespace(), users));
        return PreFilter.proceed();
    }

    @Override
    public void podAdded(Cycle cycle, PodView pod, NodeView node) {
        cycle.get(EXCLUSIVE).changed(pod, 1);
    }

    @Override
    public void podRemoved(Cycle cycle, PodView pod, NodeView node) {
        cycle.get(EXCLUSIVE).changed(pod, -1);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeView node) {
        if (cycle.get(EXCLUSIVE).users > 0) {
            return IN_USE;
        }
        List<Disk> wanted = Disk.of(cycle.pod());
        if (!wanted.isEmpty()) {
            for (PodView other : node.pods()) {
                for (Disk taken : Disk.of(other)) {
                    if (wanted.stream().anyMatch(disk -> disk.conflictsWith(taken))) {
                        return NO_DISK;
                    }
                }
            }
        }
        return Verdict.fits();
    }

    @Override
    public Set<ChangeKind> retryOn() {
        return EnumSet.of(ChangeKind.NODE_ADDED, ChangeKind.POD_GONE, ChangeKind.OBJECT_CHANGED);
    }

    @Override
    public boolean couldHelp(ClusterChange change, PodView pod) {
        if (change instanceof ClusterChange.PodGone gone) {
            boolean claimFreed = gone.pod().namespace().equals(pod.namespace())
                    && gone.pod().claims().stream().anyMatch(pod.claims()::contains);
            return claimFreed || !Disk.of(gone.pod()).isEmpty();
        }
        return Storage.mayConcern(change, pod);
    }
}
