package io.orchestrator.core.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** By {@code tmpfs}, which root alone may mount: for anybody else, and in a namespace without the right, it says so. */
public final class LinuxMemoryDisk implements MemoryDisk {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Which word of a line names the place. */
    private static final int PLACE = 4;

    private LinuxMemoryDisk() {}

    /** That of this machine. */
    public static MemoryDisk ofThisMachine() {
        return Files.isReadable(MOUNTS) ? new LinuxMemoryDisk() : MemoryDisk.none();
    }

    @Override
    public boolean mount(Path directory, long bytes) throws IOException {
        Path place = directory.toRealPath();
        return mountedBelow(place).contains(place)
                || run("mount", "-t", "tmpfs", "-o", "mode=0777,size=" + bytes, "tmpfs", place.toString());
    }

    @Override
    public void release(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        for (Path place : mountedBelow(directory.toRealPath())) {
            // One that is still in use goes when that ends.
            if (!run("umount", place.toString()) && !run("umount", "-l", place.toString())) {
                throw new IOException(place + " cannot be unmounted");
            }
        }
    }

    /** The innermost first. */
    private static List<Path> mountedBelow(Path directory) throws IOException {
        try (var lines = Files.lines(MOUNTS, StandardCharsets.UTF_8)) {
            return lines.map(line -> line.split(" "))
                    .filter(words -> words.length > PLACE)
                    .map(words -> Path.of(plain(words[PLACE])))
                    .filter(place -> place.startsWith(directory))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** The kernel writes what would be taken for the end of a word by its number. */
    private static String plain(String place) {
        return place.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
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
