package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.HostPathVolumeSource;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Volume;
import io.orchestrator.api.model.core.VolumeMount;
import io.orchestrator.core.agent.VolumeFiles.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The volumes of the pods on this node, as directories under the agent's own: {@code pods/<uid>/volumes/<name>}. Blocks on
 * disk and API; thread-safe as long as one pod is worked on by one caller at a time.
 */
final class PodVolumes {
    private final Path pods;
    private final AgentConfig.Policy policy;
    private final References references;

    PodVolumes(AgentConfig config, References references) {
        this.pods = config.directory().toAbsolutePath().resolve("pods");
        this.policy = config.policy();
        this.references = references;
    }

    /** Makes all volumes of the pod; those that are there already are kept, their files brought up to date. */
    void make(DownwardApi self) throws IOException {
        for (Volume volume : self.pod().spec().volumes()) {
            try {
                make(volume, self);
            } catch (ConfigFailure e) {
                throw new ConfigFailure(
                        "MountVolume.SetUp failed for volume \"" + volume.name() + "\" : " + e.getMessage());
            }
        }
    }

    private void make(Volume volume, DownwardApi self) throws IOException {
        VolumeFiles files = new VolumeFiles(references, self);
        Path directory = directory(self.pod(), volume.name());
        if (volume.hostPath() != null) {
            checkHostPath(volume.hostPath());
        } else if (volume.configMap() != null) {
            var source = volume.configMap();
            write(directory, files.ofConfigMap(source.name(), source.items(), source.defaultMode(), source.optional()));
        } else if (volume.secret() != null) {
            var source = volume.secret();
            write(
                    directory,
                    files.ofSecret(source.secretName(), source.items(), source.defaultMode(), source.optional()));
        } else if (volume.downwardAPI() != null) {
            write(
                    directory,
                    files.ofDownwardApi(
                            volume.downwardAPI().items(), volume.downwardAPI().defaultMode()));
        } else if (volume.projected() != null) {
            write(directory, files.ofProjected(volume.projected()));
        } else if (volume.emptyDir() != null || isBare(volume)) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, EnumSet.allOf(PosixFilePermission.class));
        } else {
            throw new ConfigFailure("this kind of volume is not supported by the agent");
        }
    }

    /** A volume without any source is an emptyDir. */
    private static boolean isBare(Volume volume) {
        return volume.equals(io.orchestrator.api.model.core.VolumeBuilder.builder()
                .name(volume.name())
                .build());
    }

    private void checkHostPath(HostPathVolumeSource source) throws IOException {
        String wanted = source.path();
        if (!policy.hostPath()) {
            throw new ConfigFailure("the node's policy allows no hostPath volumes");
        }
        if (!wanted.startsWith("/") || Path.of(wanted).normalize().compareTo(Path.of(wanted)) != 0) {
            throw new ConfigFailure("hostPath \"" + wanted + "\" is not an absolute path without \"..\"");
        }
        Path path = Path.of(wanted);
        String type = source.type() == null ? "" : source.type();
        switch (type) {
            case "DirectoryOrCreate" -> Files.createDirectories(path);
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                }
            }
            case "Directory" ->
                require(Files.isDirectory(path), "hostPath type check failed: " + wanted + " is not a directory");
            case "File" ->
                require(Files.isRegularFile(path), "hostPath type check failed: " + wanted + " is not a file");
            default -> {}
        }
    }

    /** The path on the node of what the mount shows. @throws ConfigFailure for one that leads out of its volume */
    Path source(Pod pod, VolumeMount mount, String subPath) throws IOException {
        Volume volume = pod.spec().volumes().stream()
                .filter(candidate -> candidate.name().equals(mount.name()))
                .findFirst()
                .orElseThrow(() -> new ConfigFailure("volume \"" + mount.name() + "\" not found"));
        Path root = volume.hostPath() != null ? Path.of(volume.hostPath().path()) : directory(pod, volume.name());
        if (subPath.isEmpty()) {
            return root;
        }
        Path relative = Path.of(subPath);
        for (Path part : relative) {
            if (relative.isAbsolute() || part.toString().equals("..")) {
                throw new ConfigFailure("subPath \"" + subPath + "\" must be a relative path without \"..\"");
            }
        }
        Path path = root;
        for (Path part : relative) {
            path = path.resolve(part);
            if (Files.isSymbolicLink(path) && !path.toRealPath().startsWith(root.toRealPath())) {
                throw new ConfigFailure("subPath \"" + subPath + "\" leads out of its volume");
            }
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(path);
        }
        return path;
    }

    /** Removes all that the pod had here. Symbolic links are removed, not followed. */
    void remove(String podUid) throws IOException {
        Path directory = pods.resolve(Ids.directory(podUid));
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** A file in which the container may leave its last words. */
    Path terminationLog(Pod pod, String containerId) throws IOException {
        Path file = pods.resolve(Ids.directory(pod.metadata().uid()))
                .resolve("ends")
                .resolve(Ids.directory(containerId));
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

    private Path directory(Pod pod, String volume) {
        return pods.resolve(Ids.directory(pod.metadata().uid()))
                .resolve("volumes")
                .resolve(Ids.directory(volume));
    }

    /** Each file appears whole or not at all; files that are no longer wanted go. */
    private static void write(Path directory, Map<String, Content> files) throws IOException {
        Files.createDirectories(directory);
        Path fresh = directory.resolveSibling(directory.getFileName() + ".new");
        for (Map.Entry<String, Content> file : files.entrySet()) {
            Path relative = Path.of(file.getKey());
            require(
                    !relative.isAbsolute() && relative.normalize().equals(relative) && !relative.startsWith(".."),
                    "file path \"" + file.getKey() + "\" leads out of the volume");
            Path target = directory.resolve(relative);
            Files.createDirectories(target.getParent());
            Files.write(fresh, file.getValue().bytes().toByteArray());
            Files.setPosixFilePermissions(fresh, permissions(file.getValue().mode()));
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.filter(Files::isRegularFile).toList()) {
                if (!files.containsKey(directory.relativize(path).toString())) {
                    Files.delete(path);
                }
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] all = PosixFilePermission.values();
        EnumSet<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                set.add(all[bit]);
            }
        }
        return set;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new ConfigFailure(message);
        }
    }
}
