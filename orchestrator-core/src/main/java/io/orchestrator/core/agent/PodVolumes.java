package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeMount;
import io.orchestrator.core.agent.VolumeFiles.Content;
import io.orchestrator.core.env.MountPoint;
import io.orchestrator.spi.node.NodeStorage.OfVolume;
import io.orchestrator.spi.runtime.ContainerSpec.Mount;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The volumes of the pods on this node, as directories under the agent's own: {@code pods/<uid>/volumes/<name>}. Blocks on
 * disk and API; thread-safe as long as one pod is worked on by one caller at a time.
 */
final class PodVolumes {
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

    private static final String IN_MEMORY = "tmpfs";

    private final Path pods;
    private final AgentConfig.Policy policy;
    private final References references;
    private final PodTokens tokens;
    private final ClaimedVolumes claims;
    private final MemoryVolumes memory;
    private final SubPathSources subPaths;
    private final Object disk = new Object();

    PodVolumes(AgentConfig config, References references, MemoryVolumes memory, SubPaths subPaths, Clock clock) {
        this.pods = config.directory().toAbsolutePath().resolve("pods");
        this.policy = config.policy();
        this.references = references;
        this.tokens = new PodTokens(references, clock);
        this.claims = new ClaimedVolumes(references, config);
        this.memory = memory;
        this.subPaths = new SubPathSources(subPaths);
    }

    /**
     * Makes volumes of the pod; those that are there already are kept, their files brought up to date.
     *
     * @param shown the names of those that are to be there
     */
    void make(DownwardApi self, Set<String> shown) throws IOException {
        List<Volume> wanted = self.pod().spec().volumes().stream()
                .filter(volume -> shown.contains(volume.name()))
                .toList();
        if (!wanted.isEmpty()) {
            closeOff();
        }
        for (Volume volume : wanted) {
            Optional<String> claim = ClaimedVolumes.claimOf(self.pod(), volume);
            if (claim.isPresent()) {
                makeClaimed(self.pod(), volume, claim.get());
            } else {
                named(volume, () -> make(volume, self, true));
            }
        }
    }

    /**
     * Brings the files of the pod's volumes up to date, unless the pod was removed here meanwhile.
     *
     * @param shown the names of those that are there
     * @throws ConfigFailure the first, after the other volumes: a token among them is renewed whatever ails its neighbours
     */
    void refresh(DownwardApi self, Set<String> shown) throws IOException {
        List<ConfigFailure> failures = new ArrayList<>();
        for (Volume volume : self.pod().spec().volumes()) {
            if (VolumeRefresh.isLive(volume) && shown.contains(volume.name())) {
                try {
                    named(volume, () -> make(volume, self, false));
                } catch (ConfigFailure e) {
                    failures.add(e);
                }
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** The uids of pods that have a token in their files which is to be renewed by now. */
    Set<String> tokensDue() {
        return tokens.due();
    }

    private interface Step {
        void take() throws IOException;
    }

    private static void named(Volume volume, Step step) throws IOException {
        try {
            step.take();
        } catch (ConfigFailure e) {
            throw new ConfigFailure(
                    "MountVolume.SetUp failed for volume \"" + volume.name() + "\" : " + e.getMessage());
        }
    }

    private void makeClaimed(Pod pod, Volume volume, String claim) throws IOException {
        ClaimedVolumes.Place place = claims.locate(pod, volume, claim);
        named(volume, () -> {
            boolean fresh = place.provisioned() && !Files.exists(place.path());
            HostPaths.make(place.source());
            if (fresh) {
                Files.setPosixFilePermissions(place.path(), EnumSet.allOf(PosixFilePermission.class));
            }
            if (place.provisioned() && !ClaimedVolumes.isReadOnly(volume)) {
                VolumeGroup.of(pod).own(place.path(), true);
            }
        });
    }

    private void make(Volume volume, DownwardApi self, boolean first) throws IOException {
        VolumeFiles files = new VolumeFiles(references, tokens, self);
        if (volume.hostPath() != null) {
            if (!policy.hostPath()) {
                throw new ConfigFailure("the node's policy allows no hostPath volumes");
            }
            HostPaths.make(volume.hostPath());
        } else if (volume.configMap() != null) {
            var source = volume.configMap();
            write(
                    self.pod(),
                    volume,
                    files.ofConfigMap(source.name(), source.items(), source.defaultMode(), source.optional()),
                    first);
        } else if (volume.secret() != null) {
            var source = volume.secret();
            write(
                    self.pod(),
                    volume,
                    files.ofSecret(source.secretName(), source.items(), source.defaultMode(), source.optional()),
                    first);
        } else if (volume.downwardAPI() != null) {
            write(
                    self.pod(),
                    volume,
                    files.ofDownwardApi(
                            volume.downwardAPI().items(), volume.downwardAPI().defaultMode()),
                    first);
        } else if (volume.projected() != null) {
            write(self.pod(), volume, files.ofProjected(volume.projected()), first);
        } else if (volume.emptyDir() != null || isBare(volume)) {
            Path directory = directory(self.pod(), volume.name());
            MemoryVolumes.check(volume);
            Files.createDirectories(directory);
            // Also one that was made before, and could not be mounted then or is no longer since the machine was
            // started again.
            if (MemoryVolumes.isMeant(volume) && isEmpty(directory)) {
                memory.mount(self.pod(), volume, directory);
            }
            Files.setPosixFilePermissions(directory, EnumSet.allOf(PosixFilePermission.class));
            VolumeGroup.of(self.pod()).own(directory, true);
        } else if (volume.image() != null) {
            throw new ConfigFailure("image volumes are not supported: no runtime here mounts the image \""
                    + volume.image().reference() + "\"");
        } else {
            throw new ConfigFailure("this kind of volume is not supported by the agent");
        }
    }

    /** What somebody has written on disk stays in sight. */
    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    /** A volume without any source is an emptyDir. */
    private static boolean isBare(Volume volume) {
        return volume.equals(io.orchestrator.api.model.core.VolumeBuilder.builder()
                .name(volume.name())
                .build());
    }

    /** The API is asked before, and the disk is written here, so that a pod's removal waits for the disk alone. */
    private void write(Pod pod, Volume volume, Map<String, Content> files, boolean first) throws IOException {
        Path directory = directory(pod, volume.name());
        synchronized (disk) {
            if (first || Files.isDirectory(directory)) {
                VolumeWriter.write(directory, files, VolumeGroup.of(pod));
            }
            // no reason to keep a pod from being begun again: it goes on with the place that it has
            if (!first && Files.isDirectory(directory)) {
                VolumeWriter.requireShown(directory, files);
            }
        }
    }

    /** How many bytes lie in one of the agent's own volumes. Links are not followed. */
    long size(Pod pod, Volume volume) throws IOException {
        Path root = directory(pod, volume.name());
        if (!Files.isDirectory(root)) {
            return 0;
        }
        long size = 0;
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path each : tree.toList()) {
                if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    size += Files.size(each);
                }
            }
        }
        return size;
    }

    /**
     * What a volume has on the node's disks; empty for a path of the host, and before it is made. Blocks.
     *
     * @throws ConfigFailure for a claim that is not bound
     */
    Optional<OfVolume> figures(Pod pod, Volume volume) throws IOException {
        Path path = volume.hostPath() != null ? null : root(pod, volume);
        if (path == null || !Files.isDirectory(path)) {
            return Optional.empty();
        }
        FileStore disk = Files.getFileStore(path);
        String claim = ClaimedVolumes.claimOf(pod, volume).orElse("");
        long used = claim.isEmpty() ? size(pod, volume) : disk.getTotalSpace() - disk.getUnallocatedSpace();
        return Optional.of(new OfVolume(
                volume.name(),
                claim,
                disk.type().equals(IN_MEMORY),
                used,
                disk.getUsableSpace(),
                disk.getTotalSpace()));
    }

    /**
     * The path on the node of what a mount shows.
     *
     * @param container whose mount it is
     * @param index of the mount among those of the container
     * @param subPath empty for the whole volume
     * @param seen whether whoever begins the container sees what the agent mounts at a place
     * @throws ConfigFailure for one that leads out of its volume
     */
    Path source(Pod pod, String container, int index, VolumeMount mount, String subPath, Predicate<Path> seen)
            throws IOException {
        Volume volume = pod.spec().volumes().stream()
                .filter(candidate -> candidate.name().equals(mount.name()))
                .findFirst()
                .orElseThrow(() -> new ConfigFailure("volume \"" + mount.name() + "\" not found"));
        Path root = root(pod, volume);
        if (subPath.isEmpty()) {
            return root;
        }
        Path place = folder(pod)
                .resolve(SubPaths.FOLDER)
                .resolve(Ids.directory(mount.name()))
                .resolve(Ids.directory(container))
                .resolve(String.valueOf(index));
        return subPaths.of(root, subPath, place, seen);
    }

    private Path root(Pod pod, Volume volume) {
        if (volume.hostPath() != null) {
            return Path.of(volume.hostPath().path());
        }
        return ClaimedVolumes.claimOf(pod, volume)
                .map(claim -> claims.locate(pod, volume, claim).path())
                .orElseGet(() -> directory(pod, volume.name()));
    }

    /** Whether nothing may be written through the mount: files that are made from objects are nobody else's to change. */
    static boolean isReadOnly(Pod pod, VolumeMount mount) {
        return mount.readOnly()
                || pod.spec().volumes().stream()
                        .filter(volume -> volume.name().equals(mount.name()))
                        .anyMatch(volume -> ClaimedVolumes.isReadOnly(volume) || VolumeRefresh.isLive(volume));
    }

    /** Makes the places for what a container mounts within volumes that are read-only to whoever begins it. */
    void makePlaces(Pod pod, List<Mount> mounts) throws IOException {
        synchronized (disk) {
            for (Volume volume : pod.spec().volumes()) {
                Path directory = directory(pod, volume.name());
                if (VolumeRefresh.isLive(volume) && Files.isDirectory(directory)) {
                    NestedMounts.make(directory, mounts);
                }
            }
        }
    }

    /** Removes all that the pod had here. Symbolic links are removed, not followed; fails where others have mounted something. */
    void remove(String podUid) throws IOException {
        tokens.forget(podUid);
        synchronized (disk) {
            Path all = pods.resolve(Ids.directory(podUid));
            subPaths.release(all.resolve(SubPaths.FOLDER));
            memory.release(all);
            MountPoint.requireNone(all);
            VolumeWriter.remove(all);
        }
    }

    /** The pod's {@code /etc/hosts} with this text. It is rewritten in place: containers have the file itself, not its name. */
    Path hosts(Pod pod, String text) throws IOException {
        Path file = folder(pod).resolve("etc-hosts");
        closeOff();
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        return file;
    }

    /** A file in which the container may leave its last words. */
    Path terminationLog(Pod pod, String containerId) throws IOException {
        Path file = folder(pod).resolve("ends").resolve(Ids.directory(containerId));
        closeOff();
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            Files.createFile(file);
            Files.setPosixFilePermissions(
                    file,
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
                            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE));
        }
        return file;
    }

    /** Who runs pods shows them what is theirs; by the path, processes that are other users' would find everybody's. */
    private void closeOff() throws IOException {
        Files.setPosixFilePermissions(Files.createDirectories(pods), OWN);
    }

    private Path directory(Pod pod, String volume) {
        return folder(pod).resolve("volumes").resolve(Ids.directory(volume));
    }

    private Path folder(Pod pod) {
        return pods.resolve(Ids.directory(pod.metadata().uid()));
    }
}
