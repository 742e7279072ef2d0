package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds processes to limits by control groups, where this process may make some: of version 2, or the controllers of processor and
 * memory of version 1. The kernel counts all processes of a group together. Stateless.
 *
 * @param tops the directories that groups are made in, one for each hierarchy
 * @param unified whether there is one hierarchy for all
 */
record ControlGroups(List<Path> tops, boolean unified) {
    private static final Logger LOG = LoggerFactory.getLogger(ControlGroups.class);
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String OURS = "orchestrator";
    private static final String PROCESSES = "cgroup.procs";
    private static final long PERIOD_MICROS = 100_000;
    /** Two runtimes of one process must not remove the probes of each other. */
    private static final AtomicLong PROBES = new AtomicLong();

    ControlGroups {
        tops = List.copyOf(tops);
    }

    static Optional<ControlGroups> ofThisMachine() {
        Path two = ROOT.resolve("cgroup.controllers");
        List<Path> one = List.of(ROOT.resolve("cpu"), ROOT.resolve("memory"));
        Optional<ControlGroups> candidate = Files.exists(two)
                ? Optional.of(new ControlGroups(List.of(ROOT), true))
                : one.stream().allMatch(top -> Files.exists(top.resolve(PROCESSES)))
                        ? Optional.of(new ControlGroups(one, false))
                        : Optional.empty();
        return candidate.filter(ControlGroups::mayBeMade);
    }

    private boolean mayBeMade() {
        Path probe = Path.of("probe-" + ProcessHandle.current().pid() + "-" + PROBES.incrementAndGet());
        try {
            set(probe, new Resources(2, 100, 64L << 20, 0));
            return true;
        } catch (IOException e) {
            LOG.debug("processes are held to no limits: this process may make no control groups", e);
            return false;
        } finally {
            remove(probe);
        }
    }

    /** Makes the group where it is not there, and sets what it may use. @param group below ours, in words fit for a directory */
    void set(Path group, Resources resources) throws IOException {
        try {
            setOnce(group, resources);
        } catch (IOException e) {
            LOG.debug("whoever closes removes what is empty above the control group {}, it is made again", group, e);
            setOnce(group, resources);
        }
    }

    private void setOnce(Path group, Resources resources) throws IOException {
        for (Path top : tops) {
            make(top, group);
        }
        boolean quota = resources.cpuQuotaMillis() > 0;
        long micros = resources.cpuQuotaMillis() * PERIOD_MICROS / 1000;
        boolean memory = resources.memoryLimitBytes() > 0;
        long shares = Math.min(262_144, Math.max(2, resources.cpuShares()));
        // the memory first: it is what a kernel may refuse, and then the rest is to stay as well
        if (unified) {
            Path own = at(tops.get(0), group);
            write(own.resolve("memory.max"), memory ? String.valueOf(resources.memoryLimitBytes()) : "max");
            write(own.resolve("cpu.weight"), String.valueOf(1 + (shares - 2) * 9_999 / 262_142));
            write(own.resolve("cpu.max"), (quota ? String.valueOf(micros) : "max") + " " + PERIOD_MICROS);
        } else {
            write(
                    at(tops.get(1), group).resolve("memory.limit_in_bytes"),
                    String.valueOf(memory ? resources.memoryLimitBytes() : -1));
            Path cpu = at(tops.get(0), group);
            write(cpu.resolve("cpu.shares"), String.valueOf(shares));
            write(cpu.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
            write(cpu.resolve("cpu.cfs_quota_us"), String.valueOf(quota ? micros : -1));
        }
    }

    private void make(Path top, Path group) throws IOException {
        Path directory = top;
        for (Path name : Path.of(OURS).resolve(group)) {
            if (unified) {
                // what is below may be limited only where what is above hands the controllers down
                write(directory.resolve("cgroup.subtree_control"), "+cpu +memory");
            }
            directory = Files.createDirectories(directory.resolve(name));
        }
    }

    /** The files in which a process writes its id to come under the limits. */
    List<Path> entrances(Path group) {
        return tops.stream().map(top -> at(top, group).resolve(PROCESSES)).toList();
    }

    /** Puts a process that runs under the limits. One that has ended meanwhile needs none. */
    void enter(Path group, long process) throws IOException {
        for (Path entrance : entrances(group)) {
            try {
                write(entrance, String.valueOf(process));
            } catch (IOException e) {
                if (ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent()) {
                    throw e;
                }
            }
        }
    }

    /** Whether the kernel has ended a process of the group because that was over its memory. */
    boolean ranOutOfMemory(Path group) {
        Path file = unified
                ? at(tops.get(0), group).resolve("memory.events")
                : at(tops.get(1), group).resolve("memory.oom_control");
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("oom_kill "))
                    .anyMatch(line -> !line.equals("oom_kill 0"));
        } catch (IOException e) {
            return false; // it is gone, or of a kernel that does not tell
        }
    }

    /**
     * Removes a group. One whose processes are just ending, or that has others below it, stays.
     *
     * @return whether it is gone
     */
    boolean remove(Path group) {
        boolean gone = true;
        for (Path top : tops) {
            try {
                Files.deleteIfExists(at(top, group));
            } catch (DirectoryNotEmptyException e) {
                gone = false;
            } catch (IOException e) {
                LOG.debug("the control group {} of {} stays for now", group, top, e);
                gone = false;
            }
        }
        return gone;
    }

    /** The groups directly below one, of any hierarchy. */
    Set<String> below(Path group) {
        Set<String> names = new TreeSet<>();
        for (Path top : tops) {
            try {
                StateFiles.children(at(top, group))
                        .forEach(child -> names.add(child.getFileName().toString()));
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("the control groups below {} of {} cannot be listed", group, top, e);
            }
        }
        return names;
    }

    private static Path at(Path top, Path group) {
        return top.resolve(OURS).resolve(group);
    }

    /** The kernel takes each value with one write. */
    private static void write(Path file, String value) throws IOException {
        Files.write(file, value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }
}
