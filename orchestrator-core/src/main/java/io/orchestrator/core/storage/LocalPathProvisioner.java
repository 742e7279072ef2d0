package io.orchestrator.core.storage;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.HostPathVolumeSource;
import io.orchestrator.api.model.core.HostPathVolumeSourceBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeSelector;
import io.orchestrator.api.model.core.NodeSelectorOperator;
import io.orchestrator.api.model.core.NodeSelectorRequirement;
import io.orchestrator.api.model.core.NodeSelectorTerm;
import io.orchestrator.api.model.core.PersistentVolume;
import io.orchestrator.api.model.core.PersistentVolumeAccessMode;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeReclaimPolicy;
import io.orchestrator.api.model.core.PersistentVolumeSpec;
import io.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import io.orchestrator.api.model.core.VolumeNodeAffinity;
import io.orchestrator.api.model.storage.StorageClass;
import io.orchestrator.api.model.storage.StorageClassBuilder;
import io.orchestrator.api.model.storage.VolumeBindingMode;
import io.orchestrator.core.env.MountPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Volumes that are directories of one node, below a directory of its own. They live as long as their claim, whatever becomes of the pods, and
 * bind these to the node. A directory has no size: what a claim asks for is written down and not enforced.
 *
 * <p>The agent of the node makes the directory when the first pod mounts it. It is destroyed here, where the node shares this machine's
 * disk; on other machines it is left.
 */
public final class LocalPathProvisioner implements VolumeProvisioner {
    public static final String NAME = "orchestrator.io/local-path";

    private static final String HOSTNAME = "kubernetes.io/hostname";

    private final Path base;

    /** @param base where the directories are, on each node */
    public LocalPathProvisioner(Path base) {
        this.base = base.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The class by which claims come here, unless they name another. */
    public static StorageClass standardClass() {
        return StorageClassBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("standard")
                        .annotations(Map.of("storageclass.kubernetes.io/is-default-class", "true"))
                        .build())
                .provisioner(NAME)
                .reclaimPolicy(PersistentVolumeReclaimPolicy.DELETE)
                .volumeBindingMode(VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER)
                .allowVolumeExpansion(true)
                .build();
    }

    @Override
    public PersistentVolumeSpec provision(
            String volume, PersistentVolumeClaim claim, StorageClass storageClass, @Nullable Node node)
            throws VolumeException {
        if (node == null) {
            throw new VolumeException("a directory is on a node, and none was chosen:"
                    + " the storage class must have the binding mode WaitForFirstConsumer");
        }
        if ("Block".equals(claim.spec().volumeMode())) {
            throw new VolumeException("a directory is no block device");
        }
        if (claim.spec().accessModes().stream()
                .anyMatch(mode -> !mode.equals(PersistentVolumeAccessMode.READ_WRITE_ONCE)
                        && !mode.equals(PersistentVolumeAccessMode.READ_WRITE_ONCE_POD))) {
            throw new VolumeException(
                    "a directory is on one node: only ReadWriteOnce and ReadWriteOncePod are supported");
        }
        String name =
                node.metadata().labels().getOrDefault(HOSTNAME, node.metadata().name());
        NodeSelectorRequirement host = node.metadata().labels().containsKey(HOSTNAME)
                ? new NodeSelectorRequirement(HOSTNAME, NodeSelectorOperator.IN, List.of(name))
                : new NodeSelectorRequirement(
                        "metadata.name",
                        NodeSelectorOperator.IN,
                        List.of(node.metadata().name()));
        NodeSelectorTerm term = node.metadata().labels().containsKey(HOSTNAME)
                ? new NodeSelectorTerm(List.of(host), List.of())
                : new NodeSelectorTerm(List.of(), List.of(host));
        return PersistentVolumeSpecBuilder.builder()
                .hostPath(HostPathVolumeSourceBuilder.builder()
                        .path(directory(volume).toString())
                        .type("DirectoryOrCreate")
                        .build())
                .nodeAffinity(new VolumeNodeAffinity(new NodeSelector(List.of(term))))
                .build();
    }

    @Override
    public void delete(PersistentVolume volume) throws VolumeException {
        Path directory = directory(volume.metadata().name());
        HostPathVolumeSource source = volume.spec().hostPath();
        if (source == null || !Path.of(source.path()).equals(directory)) {
            throw new VolumeException("the volume's directory is not one that was handed out here");
        }
        try {
            destroy(directory);
        } catch (IOException | UncheckedIOException e) {
            throw new VolumeException("directory " + directory + " could not be removed: " + e.getMessage(), e);
        }
    }

    private Path directory(String volume) {
        return base.resolve(volume);
    }

    /** Symbolic links are removed, not followed. */
    private static void destroy(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        MountPoint.requireNone(directory);
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
