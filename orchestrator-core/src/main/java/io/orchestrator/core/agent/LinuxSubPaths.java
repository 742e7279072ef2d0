package io.orchestrator.core.agent;

import io.orchestrator.core.env.MountPoint;
import io.orchestrator.core.env.OwnProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By bind mounts, which root alone may make, and a small program of our own that opens each folder in the one before it. Its source
 * lies beside this module's, in {@code src/main/pin}. Thread-safe.
 */
public final class LinuxSubPaths implements SubPaths {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxSubPaths.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int HERE = 0;
    private static final int LEADS_OUT = 2;
    private static final int NOT_ALLOWED = 3;
    /** How many names a place has from {@link #FOLDER} on. */
    private static final int NAMES = 4;

    private final Path directory;
    private @Nullable Optional<Path> program;

    private LinuxSubPaths(Path directory) {
        this.directory = directory;
    }

    /** Those of this machine. @param directory the agent's own, into which the program is written at its first use */
    public static SubPaths ofThisMachine(Path directory) {
        return MountPoint.areTold() ? new LinuxSubPaths(directory) : SubPaths.none();
    }

    @Override
    public Held hold(Path volume, Path path, Path place) throws IOException {
        Optional<Path> pin = program();
        if (pin.isEmpty()) {
            return Held.NOT_ALLOWED;
        }
        Files.createDirectories(Objects.requireNonNull(place.getParent()));
        Process process = new ProcessBuilder(pin.get().toString(), volume.toString(), path.toString(), place.toString())
                .redirectErrorStream(true)
                .start();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(path + " in " + volume + " does not open");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + path + " in " + volume + " was opened", e);
        }
        return switch (process.exitValue()) {
            case HERE -> Held.HERE;
            case LEADS_OUT -> Held.LEADS_OUT;
            case NOT_ALLOWED -> Held.NOT_ALLOWED;
            default ->
                throw new IOException(path + " in " + volume + " cannot be opened: "
                        + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        };
    }

    private synchronized Optional<Path> program() throws IOException {
        Optional<Path> known = program;
        if (known == null) {
            known = OwnProgram.write(LinuxSubPaths.class, "pin", directory)
                    .filter(written -> OwnProgram.succeeds(List.of(written.toString())));
            if (known.isEmpty()) {
                LOG.info(
                        "subPaths are looked at before they are mounted and not held: no program runs from {}",
                        directory);
            }
            program = known;
        }
        return known;
    }

    @Override
    public void release(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        LinuxMemoryDisk.unmount(places(directory));
        if (isPlace(directory)) {
            Files.deleteIfExists(directory);
        }
    }

    /**
     * All places at or below a directory at which something is held, also by a process before this one. What is mounted within them
     * goes with them, and is nobody's to go to by its path.
     */
    public static List<Path> places(Path directory) throws IOException {
        return MountPoint.below(directory).stream()
                .map(MountPoint::place)
                .filter(LinuxSubPaths::isPlace)
                .toList();
    }

    /** Whether it is one, or lies within one. */
    public static boolean isWithin(Path path) {
        for (int at = 0; at + NAMES <= path.getNameCount(); at++) {
            if (path.getName(at).toString().equals(FOLDER)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlace(Path path) {
        Path parent = path.getParent();
        return isWithin(path) && (parent == null || !isWithin(parent));
    }
}
