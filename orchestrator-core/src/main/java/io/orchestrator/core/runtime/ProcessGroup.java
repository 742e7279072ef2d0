package io.orchestrator.core.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes of one container: what leads their session, what it started, and what left that session but still carries the
 * container's mark in its environment. Stateless; everything is read from the system. Nobody else is ever signalled: a number may be
 * another process' by now, so that none is taken for what it was when it was written down.
 *
 * @param leader its process id as it was noted, whatever that says
 * @param mark {@code NAME=value} that the container's processes inherited
 * @param directory an argument of the leader, by which it is told from a later process with the same id
 * @param machine all processes that there are
 */
record ProcessGroup(long leader, String mark, String directory, MarkedProcesses machine) {
    private static final Path PROC = Path.of("/proc");
    /** Whoever begins others faster than they are found, or does not end, is left to the removal of the container. */
    private static final int LOOKS = 50;

    /** What a container's processes use. */
    record Usage(long cpuNanos, long memoryBytes) {}

    boolean alive() {
        return living().isPresent();
    }

    /** The leader, if it is still the container's. */
    private Optional<ProcessHandle> living() {
        if (leader <= 1) {
            return Optional.empty();
        }
        // what has still the same start was asked what it is
        return ProcessHandle.of(leader).filter(process -> isOurs(leader)).filter(ProcessHandle::isAlive);
    }

    /** Who has the number, asked before it is asked whether that is the container's: a later one is not signalled. */
    private Optional<ProcessId> signalled() {
        return ProcessId.of(leader, machine.proc()).filter(found -> alive());
    }

    /** @param name without SIG, such as TERM */
    void signal(String name) throws IOException {
        Optional<ProcessId> found = signalled();
        if (found.isPresent()) {
            found.get().signal(name);
        }
    }

    /** The same for what has a session of its own below the leader, as whatever runs in a terminal does. */
    void signalEach(String name) throws IOException {
        List<ProcessId> family = new ArrayList<>();
        for (ProcessHandle process : family()) {
            ProcessId.of(process.pid(), machine.proc())
                    .filter(id -> process.isAlive())
                    .ifPresent(family::add);
        }
        signal(name);
        for (ProcessId each : family) {
            each.signal(name);
        }
    }

    private List<ProcessHandle> family() {
        return living().map(ProcessId::below).orElse(List.of());
    }

    /** Kills the session and whatever left it, as far as one look shows. */
    void kill() throws IOException {
        killFamily();
        marked().forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * Kills until a look shows nobody, for when nobody looks again: also whoever was begun meanwhile is found, and what comes next
     * finds ports and files free. A process that has been killed begins no other.
     */
    void sweep() throws IOException {
        killFamily();
        List<ProcessHandle> left = marked();
        for (int look = 1; look < LOOKS && !left.isEmpty(); look++) {
            left.forEach(ProcessHandle::destroyForcibly);
            left = marked();
        }
    }

    private void killFamily() throws IOException {
        List<ProcessHandle> family = family();
        signal("KILL");
        // these know when their processes were begun, and do nothing to later ones
        family.forEach(ProcessHandle::destroyForcibly);
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

    /** Every process that inherited the mark; without a table those that descend from the leader. */
    private List<ProcessHandle> marked() {
        if (!machine.areShown()) {
            return living().stream()
                    .flatMap(first -> Stream.concat(Stream.of(first), ProcessId.below(first).stream()))
                    .toList();
        }
        return machine.with(mark);
    }

    private boolean isOurs(long pid) {
        if (machine.areShown()) {
            return contains(
                    machine.proc().resolve(pid + "/cmdline"), "\0" + ContainerHolder.NAME + "\0" + directory + "\0");
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().commandLine())
                .map(line -> (line + " ").contains(" " + ContainerHolder.NAME + " " + directory + " "))
                .orElse(false);
    }

    /** Files of the kernel in which words end with a zero byte. What cannot be read is another user's or gone. */
    private static boolean contains(Path file, String words) {
        try {
            return ("\0" + new String(Files.readAllBytes(file), StandardCharsets.UTF_8)).contains(words);
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
