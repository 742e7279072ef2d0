package io.orchestrator.core.agent;

import io.orchestrator.spi.runtime.ContainerSpec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The places at which a container mounts others within one of its volumes. */
final class NestedMounts {
    private NestedMounts() {}

    /**
     * Makes those that a volume lacks, of the kind of what is mounted there. Where only a part of the volume is mounted, nothing is
     * within the whole.
     *
     * @param volume the folder that is mounted
     * @param mounts all of the container
     * @throws ConfigFailure for a place that would be made among the volume's own files: it would go with them when they change,
     *     and what is mounted there with it
     */
    static void make(Path volume, List<Mount> mounts) throws IOException {
        for (Mount outer : mounts) {
            if (outer.hostPath().equals(volume.toString())) {
                Path root = place(outer);
                for (Mount inner : mounts) {
                    Path place = place(inner);
                    if (place.startsWith(root) && !place.equals(root)) {
                        Path within = root.relativize(place);
                        // over a file of the volume is its pod's own affair, as it is in Kubernetes
                        if (!Files.exists(volume.resolve(within))) {
                            requireApart(volume, within, inner, outer);
                            make(volume.resolve(within), Path.of(inner.hostPath()));
                        }
                    }
                }
            }
        }
    }

    private static void requireApart(Path volume, Path within, Mount inner, Mount outer) {
        Path each = volume;
        for (Path name : within) {
            each = each.resolve(name);
            // links lead to the volume's files; names that begin with dots are its writer's, be they there yet or not
            if (Files.isSymbolicLink(each) || volume.relativize(each).toString().startsWith("..")) {
                throw new ConfigFailure("nothing can be mounted at " + inner.containerPath() + ": \""
                        + volume.relativize(each) + "\" in there is of the files of the volume at "
                        + outer.containerPath() + ", which are replaced when they change");
            }
        }
    }

    private static void make(Path place, Path source) throws IOException {
        if (Files.exists(source) && !Files.isDirectory(source)) {
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            Files.createFile(place);
        } else {
            Files.createDirectories(place);
        }
    }

    private static Path place(Mount mount) {
        return Path.of(mount.containerPath()).normalize();
    }
}
