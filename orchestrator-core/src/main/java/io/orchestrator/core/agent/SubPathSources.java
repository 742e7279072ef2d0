package io.orchestrator.core.agent;

import io.orchestrator.core.agent.SubPaths.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What mounts show that show a part of their volume. Whoever shares the volume may exchange its folders at any moment, so what is
 * shown is held where this machine lets us, and else looked at only. Blocks on disk.
 */
final class SubPathSources {
    private final SubPaths held;

    SubPathSources(SubPaths held) {
        this.held = held;
    }

    /**
     * The path on the node of what is shown. Links of the volume that stay in it are followed; what is missing is made.
     *
     * @param subPath not empty
     * @param place at which it is held, and was before, for a container that is begun again
     * @param seen whether whoever mounts it sees what is held at a place
     * @throws ConfigFailure for one that leads out of its volume
     */
    Path of(Path volume, String subPath, Path place, Predicate<Path> seen) throws IOException {
        Path relative = Path.of(subPath);
        for (Path part : relative) {
            if (relative.isAbsolute() || part.toString().equals("..")) {
                throw new ConfigFailure("subPath \"" + subPath + "\" must be a relative path without \"..\"");
            }
        }
        Path root = volume.toRealPath();
        Path path = root;
        for (Path part : relative) {
            path = path.resolve(part).normalize();
            if (Files.isSymbolicLink(path)) {
                path = within(root, path, subPath);
            }
        }
        held.release(place);
        Held now = held.hold(root, root.relativize(path), place);
        if (now == Held.LEADS_OUT) {
            throw leadsOut(subPath);
        }
        if (now == Held.HERE) {
            if (seen.test(place)) {
                return place;
            }
            held.release(place);
        }
        return lookedAt(root, path, subPath);
    }

    /** By its path alone, which whoever mounts it follows once more. */
    private static Path lookedAt(Path root, Path path, String subPath) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            // whoever may write into the volume may write there
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root);
            Path made = root;
            for (Path part : root.relativize(path)) {
                made = made.resolve(part);
                if (!Files.exists(made)) {
                    Files.createDirectory(made);
                    Files.setPosixFilePermissions(made, permissions);
                }
            }
        }
        // whoever runs in the pod may have exchanged a folder since it was looked at
        return within(root, path, subPath);
    }

    private static Path within(Path root, Path path, String subPath) throws IOException {
        Path real = path.toRealPath();
        if (!real.startsWith(root)) {
            throw leadsOut(subPath);
        }
        return real;
    }

    private static ConfigFailure leadsOut(String subPath) {
        return new ConfigFailure("subPath \"" + subPath + "\" leads out of its volume");
    }

    /** Lets go of all that is held below a directory. */
    void release(Path directory) throws IOException {
        held.release(directory);
    }
}
