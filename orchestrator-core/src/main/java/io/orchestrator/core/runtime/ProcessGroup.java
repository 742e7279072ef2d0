package io.orchestrator.core.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one container: the shell that leads their session, what it started, and what left that session but
 * still carries the container's mark in its environment. Stateless; everything is read from the system.
 *
 * @param leader the shell's process id
 * @param mark {@code NAME=value} that the container's processes inherited
 * @param directory an argument of the shell, by which it is told from a later process with the same id
 */
record ProcessGroup(long leader, String mark, String directory) {
    private static final Path PROC = Path.of("/proc");
    private static final Duration SIGNAL = Duration.ofSeconds(5);

    /** What a container's processes use. */
    record Usage(long cpuNanos, long memoryBytes) {}

    boolean alive() {
        return ProcessHandle.of(leader).filter(ProcessHandle::isAlive).isPresent() && isOurs(leader);
    }

    /** @param name without SIG, such as TERM */
    void signal(String name) throws IOException {
        if (alive()) {
            shellKill(name);
        }
    }

    /** The same for what has a session of its own below the leader, as whatever runs in a terminal does. */
    void signalEach(String name) throws IOException {
        List<Long> family = ProcessHandle.of(leader).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList();
        signal(name);
        for (long each : family) {
            shellKill(name, each);
        }
    }

    /** Kills the session and whatever left it. */
    void kill() throws IOException {
        if (alive()) {
            List<ProcessHandle> family = ProcessHandle.of(leader).stream()
                    .flatMap(ProcessHandle::descendants)
                    .toList();
            shellKill("KILL");
            family.forEach(ProcessHandle::destroyForcibly);
        }
        marked().forEach(ProcessHandle::destroyForcibly);
    }

    /** Whether no process is left, which may come a moment after a kill. */
    boolean isGone() {
        return marked().isEmpty();
    }

    /** All that there are. */
    List<Long> processes() {
        return marked().stream().map(ProcessHandle::pid).toList();
    }

    /** @param table of this moment; empty where the system has none */
    Usage usage(Optional<ProcessTable> table) {
        if (table.isPresent()) {
            return alive() ? table.get().usage(leader) : new Usage(0, 0);
        }
        List<ProcessHandle> all = new ArrayList<>(marked());
        long cpu = 0;
        long memory = 0;
        for (ProcessHandle process : all) {
            cpu += process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
            memory += residentBytes(process.pid());
        }
        return new Usage(cpu, memory);
    }

    private void shellKill(String name) throws IOException {
        shellKill(name, leader);
    }

    /** Its whole process group where it leads one, else itself. */
    private static void shellKill(String name, long pid) throws IOException {
        Process kill = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "kill -s \"$1\" -- \"-$2\" 2>/dev/null || kill -s \"$1\" \"$2\"",
                        "kill",
                        name,
                        String.valueOf(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!kill.waitFor(SIGNAL.toMillis(), TimeUnit.MILLISECONDS)) {
                kill.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a container was signalled", e);
        }
    }

    /** Every process that inherited the mark; without {@code /proc} those that descend from the leader. */
    private List<ProcessHandle> marked() {
        if (!Files.isDirectory(PROC)) {
            return ProcessHandle.of(leader).filter(ProcessHandle::isAlive).stream()
                    .flatMap(handle ->
                            java.util.stream.Stream.concat(java.util.stream.Stream.of(handle), handle.descendants()))
                    .toList();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> isMarked(process.pid()))
                .toList();
    }

    private boolean isMarked(long pid) {
        return containsWord(PROC.resolve(pid + "/environ"), mark);
    }

    private boolean isOurs(long pid) {
        if (Files.isDirectory(PROC)) {
            return containsWord(PROC.resolve(pid + "/cmdline"), directory);
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().commandLine())
                .map(line -> line.contains(directory))
                .orElse(false);
    }

    /** Files of the kernel in which words end with a zero byte. What cannot be read is another user's or gone. */
    private static boolean containsWord(Path file, String word) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return ("\0" + content).contains("\0" + word + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    static long residentBytes(long pid) {
        try {
            for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return 0; // it ended meanwhile, or this system has no such file
        }
        return 0;
    }
}
