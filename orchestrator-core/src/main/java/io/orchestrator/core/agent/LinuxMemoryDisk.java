package io.orchestrator.core.agent;

import io.orchestrator.core.env.MountPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** By {@code tmpfs}, which root alone may mount: for anybody else, and in a namespace without the right, it says so. */
public final class LinuxMemoryDisk implements MemoryDisk {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String TYPE = "tmpfs";

    private LinuxMemoryDisk() {}

    /** That of this machine. */
    public static MemoryDisk ofThisMachine() {
        return MountPoint.areTold() ? new LinuxMemoryDisk() : MemoryDisk.none();
    }

    @Override
    public boolean mount(Path directory, long bytes) throws IOException {
        Path place = directory.toRealPath();
        return mountedBelow(place).contains(place)
                || run("mount", "-t", TYPE, "-o", "mode=0777,size=" + bytes, TYPE, place.toString());
    }

    @Override
    public void release(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            unmount(mountedBelow(directory));
        }
    }

    /**
     * Unmounts these places as they are named, in this order, and each though another one stays.
     *
     * @throws IOException naming all that stay
     */
    public static void unmount(List<Path> places) throws IOException {
        List<Path> staying = new ArrayList<>();
        for (Path place : places) {
            // One that is still in use goes when that ends.
            if (!run("umount", place.toString()) && !run("umount", "-l", place.toString())) {
                staying.add(place);
            }
        }
        if (!staying.isEmpty()) {
            throw new IOException(staying + " cannot be unmounted");
        }
    }

    /** Whatever memory is mounted at or below the directory, the innermost first. Empty where this machine does not tell. */
    public static List<Path> mounts(Path directory) throws IOException {
        return mountedBelow(directory);
    }

    private static List<Path> mountedBelow(Path directory) throws IOException {
        return MountPoint.below(directory).stream()
                .filter(mount -> mount.type().equals(TYPE))
                .map(MountPoint::place)
                .toList();
    }

    private static boolean run(String... words) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // There is no such program here.
            return false;
        }
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", words) + " does not end");
            }
            return process.exitValue() == 0;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + String.join(" ", words), e);
        }
    }
}
