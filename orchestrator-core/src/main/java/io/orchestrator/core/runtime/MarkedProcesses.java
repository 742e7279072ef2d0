package io.orchestrator.core.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The processes of this machine by the mark of the container that they inherited in their environment. A look reads of all that there
 * are, so there is one at a time, and who asks meanwhile shares the next: many containers that end together cost hardly more than one.
 * Thread-safe; blocks on the system.
 */
final class MarkedProcesses {
    private static final Path PROC = Path.of("/proc");

    private final Path proc;
    private final Supplier<Map<String, List<ProcessHandle>>> look;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private long asked;

    /** The last question that the last look answers: it began after that. */
    @GuardedBy("lock")
    private long answered;

    @GuardedBy("lock")
    private boolean looking;

    @GuardedBy("lock")
    private Map<String, List<ProcessHandle>> found = Map.of();

    private MarkedProcesses(Path proc) {
        this.proc = proc;
        this.look = new ProcessMarks(proc)::all;
    }

    /** @param look at all processes, by their marks */
    MarkedProcesses(Supplier<Map<String, List<ProcessHandle>>> look) {
        this.proc = PROC;
        this.look = look;
    }

    static MarkedProcesses ofThisMachine() {
        return new MarkedProcesses(PROC);
    }

    /** @param proc the kernel's table of processes, where the system has one */
    static MarkedProcesses in(Path proc) {
        return new MarkedProcesses(proc);
    }

    Path proc() {
        return proc;
    }

    /** Whether the system shows the environment of processes at all. */
    boolean areShown() {
        return Files.isDirectory(proc);
    }

    /** Those that carry the mark, {@code NAME=value}, at a moment after this call. */
    List<ProcessHandle> with(String mark) {
        long mine;
        synchronized (lock) {
            mine = ++asked;
            while (looking && answered < mine) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return look.get().getOrDefault(mark, List.of());
                }
            }
            if (answered >= mine) {
                return found.getOrDefault(mark, List.of());
            }
            looking = true;
            mine = asked;
        }
        return looked(mine).getOrDefault(mark, List.of());
    }

    private Map<String, List<ProcessHandle>> looked(long question) {
        Map<String, List<ProcessHandle>> seen = null;
        try {
            seen = look.get();
            return seen;
        } finally {
            synchronized (lock) {
                looking = false;
                if (seen != null) {
                    found = seen;
                    answered = question;
                }
                lock.notifyAll();
            }
        }
    }
}
