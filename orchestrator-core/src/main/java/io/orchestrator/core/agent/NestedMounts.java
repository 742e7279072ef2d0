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
     */
    static void make(Path volume, List<Mount> mounts) throws IOException {
        for (Mount outer : mounts) {
            if (outer.hostPath().equals(volume.toString())) {
                Path root = place(outer);
                for (Mount inner : mounts) {
                    Path place = place(inner);
                    if (place.startsWith(root) && !place.equals(root)) {
                        make(volume.resolve(root.relativize(place)), Path.of(inner.hostPath()));
                    }
                }
            }
        }
    }

    private static void make(Path place, Path source) throws IOException {
        if (Files.exists(place)) {
            return;
        }
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
