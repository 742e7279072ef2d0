package io.orchestrator.runtime.docker;

import io.orchestrator.spi.runtime.ContainerStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a container uses, read from the kernel's own files where the engine runs on this machine: no request, and no wait. Knows
 * both versions of the kernel's interface. Immutable; a container that has ended leaves no files.
 *
 * @param cpu where CPU time is counted
 * @param memory where memory is counted; the same folder in version 2
 */
record CgroupStats(Path cpu, Path memory) {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final int FIELDS = 3;
    private static final long MICRO = 1_000;

    /**
     * The folders of a container.
     *
     * @param engineId by which its folders are told from those of another process with that id, on a machine that is not this one
     * @param pid of the container's first process
     * @return empty where the engine is elsewhere or the files cannot be seen
     */
    static Optional<CgroupStats> of(String engineId, long pid) {
        return of(engineId, Path.of("/proc/" + pid + "/cgroup"), ROOT);
    }

    static Optional<CgroupStats> of(String engineId, Path membership, Path root) {
        List<String> lines;
        try {
            lines = Files.readAllLines(membership);
        } catch (IOException e) {
            return Optional.empty();
        }
        Path one = null;
        Path cpu = null;
        Path memory = null;
        for (String line : lines) {
            String[] fields = line.split(":", FIELDS);
            if (fields.length < FIELDS || !fields[2].contains(engineId)) {
                continue;
            }
            String folder = containersOwn(fields[2], engineId);
            List<String> controllers = List.of(fields[1].split(","));
            if (controllers.contains("cpuacct")) {
                cpu = root.resolve(fields[1]).resolve(folder);
                if (!Files.isDirectory(cpu)) {
                    cpu = root.resolve("cpuacct").resolve(folder);
                }
            } else if (controllers.contains("memory")) {
                memory = root.resolve("memory").resolve(folder);
            } else if (fields[1].isEmpty()) {
                one = root.resolve(folder);
            }
        }
        if (one != null && areReadable(one.resolve("cpu.stat"), one.resolve("memory.current"))) {
            return Optional.of(new CgroupStats(one, one));
        }
        return cpu != null && memory != null && areReadable(cpu.resolve("cpuacct.usage"), memory.resolve("memory.stat"))
                ? Optional.of(new CgroupStats(cpu, memory))
                : Optional.empty();
    }

    private static boolean areReadable(Path one, Path other) {
        return Files.isReadable(one) && Files.isReadable(other);
    }

    /** Its first process may have put itself into a group below the container's, as an engine within the container does. */
    private static String containersOwn(String group, String engineId) {
        int end = group.indexOf('/', group.indexOf(engineId));
        return group.substring(1, end < 0 ? group.length() : end);
    }

    /** What is used at this moment; empty when the container has ended. */
    Optional<ContainerStats> read(Instant at) {
        try {
            return Optional.of(cpu.equals(memory) ? unified(at) : separate(at));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private ContainerStats unified(Instant at) throws IOException {
        long used = number(memory.resolve("memory.current"));
        return new ContainerStats(
                at,
                field(cpu.resolve("cpu.stat"), "usage_usec") * MICRO,
                Math.max(0, used - field(memory.resolve("memory.stat"), "inactive_file")));
    }

    private ContainerStats separate(Instant at) throws IOException {
        long used = number(memory.resolve("memory.usage_in_bytes"));
        return new ContainerStats(
                at,
                number(cpu.resolve("cpuacct.usage")),
                Math.max(0, used - field(memory.resolve("memory.stat"), "total_inactive_file")));
    }

    private static long number(Path file) throws IOException {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (NumberFormatException e) {
            throw new IOException(file + " holds no number", e);
        }
    }

    private static long field(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name + " ")) {
                return Long.parseLong(line.substring(name.length() + 1).strip());
            }
        }
        return 0;
    }
}
