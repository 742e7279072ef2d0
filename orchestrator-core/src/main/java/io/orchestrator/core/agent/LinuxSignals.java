package io.orchestrator.core.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says under {@code /proc}, and the file system of a directory. A kernel without it is short of nothing. */
public final class LinuxSignals implements NodeSignals {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final Path MOST_PIDS = Path.of("/proc/sys/kernel/pid_max");

    private final Path directory;

    /** @param directory whose disk counts; it must exist when the signals are read */
    public LinuxSignals(Path directory) {
        this.directory = directory;
    }

    @Override
    public Reading read() throws IOException {
        FileStore disk = Files.getFileStore(directory);
        return new Reading(memory(), disk.getUsableSpace(), disk.getTotalSpace(), pids());
    }

    private static long memory() throws IOException {
        if (!Files.exists(MEMORY)) {
            return Long.MAX_VALUE;
        }
        for (String line : Files.readAllLines(MEMORY)) {
            if (line.startsWith("MemAvailable:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return Long.MAX_VALUE;
    }

    /** The fourth word of the load is running/all tasks. */
    private static long pids() throws IOException {
        if (!Files.exists(LOAD) || !Files.exists(MOST_PIDS)) {
            return Long.MAX_VALUE;
        }
        String tasks = line(LOAD).split(" ")[3];
        long used = Long.parseLong(tasks.substring(tasks.indexOf('/') + 1));
        return Long.parseLong(line(MOST_PIDS).trim()) - used;
    }

    /** In one read: the kernel tells its settings to the first one alone, however little that takes. */
    private static String line(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException(file + " is empty");
            }
            return line;
        }
    }
}
