package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.HostPathVolumeSource;
import io.orchestrator.api.model.core.ObjectReference;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the volumes of claims lie on this node: the claim's volume, if the two are bound to each other, and its directory. The
 * directories that the cluster's own provisioner hands out are always open to it; any other is a path of the host and subject
 * to the node's policy. Blocks on the API; has no state.
 */
final class ClaimedVolumes {
    private final References references;
    private final AgentConfig config;

    ClaimedVolumes(References references, AgentConfig config) {
        this.references = references;
        this.config = config;
    }

    /**
     * A directory of the host.
     *
     * @param provisioned whether it is one that the cluster handed out
     */
    record Place(HostPathVolumeSource source, boolean provisioned) {
        Path path() {
            return Path.of(source.path());
        }
    }

    /** The claim that the volume of a pod means; empty for one of another kind. */
    static Optional<String> claimOf(Pod pod, Volume volume) {
        if (volume.persistentVolumeClaim() != null) {
            return Optional.of(volume.persistentVolumeClaim().claimName());
        }
        return volume.ephemeral() == null
                ? Optional.empty()
                : Optional.of(pod.metadata().name() + "-" + volume.name());
    }

    /** Whether nothing may be written into the volume, whatever the mount says. */
    static boolean isReadOnly(Volume volume) {
        return volume.persistentVolumeClaim() != null
                && Boolean.TRUE.equals(volume.persistentVolumeClaim().readOnly());
    }

    /** @throws ConfigFailure while the claim has no volume that this node can offer */
    Place locate(Pod pod, Volume volume, String claimName) {
        try {
            return place(bound(claim(pod, volume, claimName)));
        } catch (ConfigFailure e) {
            throw new ConfigFailure("Unable to attach or mount volumes: unmounted volumes=[" + volume.name()
                    + "], unattached volumes=[], failed to process volumes=[" + volume.name()
                    + "]: error processing PVC " + pod.metadata().namespace() + "/" + claimName + ": "
                    + e.getMessage());
        }
    }

    private PersistentVolumeClaim claim(Pod pod, Volume volume, String name) {
        PersistentVolumeClaim claim = references
                .claim(pod, name)
                .orElseThrow(() -> new ConfigFailure(
                        "failed to fetch PVC from API server: persistentvolumeclaim \"" + name + "\" not found"));
        boolean own = claim.metadata().ownerReferences().stream()
                .anyMatch(owner -> owner.uid().equals(pod.metadata().uid()));
        if (volume.ephemeral() != null && !own) {
            throw new ConfigFailure("PVC " + pod.metadata().namespace() + "/" + name + " was not created for pod "
                    + pod.metadata().namespace() + "/" + pod.metadata().name() + " (pod is not owner)");
        }
        if ("Block".equals(claim.spec().volumeMode())) {
            throw new ConfigFailure("block volumes are not supported by the agent");
        }
        return claim;
    }

    private PersistentVolume bound(PersistentVolumeClaim claim) {
        String name = claim.spec().volumeName();
        if (name.isEmpty() || !"Bound".equals(claim.status().phase())) {
            throw new ConfigFailure("PVC is not bound");
        }
        PersistentVolume volume = references
                .volume(name)
                .orElseThrow(() -> new ConfigFailure("failed to fetch PV " + name
                        + " from API server: persistentvolumes \"" + name + "\" not found"));
        ObjectReference holder = volume.spec().claimRef();
        if (holder == null) {
            throw new ConfigFailure("found PV object \"" + name + "\" with nil pvc.ClaimRef");
        }
        if (!holder.uid().equals(claim.metadata().uid())) {
            throw new ConfigFailure("found PV object \"" + name + "\" with unexpected PVC UID \"" + holder.uid()
                    + "\"; expected \"" + claim.metadata().uid() + "\"");
        }
        return volume;
    }

    private Place place(PersistentVolume volume) {
        String name = volume.metadata().name();
        HostPathVolumeSource source = volume.spec().hostPath();
        if (source == null && volume.spec().local() != null) {
            source = new HostPathVolumeSource(volume.spec().local().path(), "Directory");
        }
        if (source == null) {
            throw new ConfigFailure("no volume plugin matched: PV \"" + name + "\" is neither of hostPath nor local");
        }
        boolean provisioned =
                Path.of(source.path()).equals(config.volumes().toAbsolutePath().resolve(name));
        if (!provisioned && !config.policy().hostPath()) {
            throw new ConfigFailure(
                    "the node's policy allows no hostPath volumes, and PV \"" + name + "\" lies at " + source.path());
        }
        return new Place(source, provisioned);
    }
}
