package io.orchestrator.core.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that is told from all that have its number later: the kernel gives numbers anew, on many machines after 32,768 others.
 * Immutable.
 *
 * @param pid more than 1, as 0 and what is negative mean many processes, and 1 is the machine's
 * @param start when it was begun, in the kernel's own unit; empty on a system that has no such table
 */
record ProcessId(long pid, String start) {
    /** For the shell that signals: whom a busy machine keeps from it for longer hears no signal, and is killed after its grace. */
    private static final long SECONDS = 30;
    /** Which word it is, counted from 0 behind the program's name, which is in brackets and may hold anything. */
    private static final int START = 19;

    /**
     * Signals the process group that a process leads, or else the process. Whether it is still the one that is meant is asked by
     * the shell that signals: another program's start earlier, the number might be another's. Fields are counted from 1 there.
     */
    private static final String SIGNAL = """
        name=$1 pid=$2 start=$3
        if [ -n "$start" ]; then
          stat=
          while IFS= read -r line; do stat=$stat$line; done 2>/dev/null < "/proc/$pid/stat" || exit 0
          set -f
          set -- ${stat##*") "}
          [ "${20-}" = "$start" ] || exit 0
        fi
        kill -s "$name" -- "-$pid" 2>/dev/null || kill -s "$name" "$pid"
        """;

    ProcessId {
        if (pid <= 1) {
            throw new IllegalArgumentException(pid + " is the number of no process of a container");
        }
    }

    /**
     * The process that has this number now; empty where none has, or where it is no number of a process that may be signalled.
     *
     * @param proc the kernel's table of processes; where there is no such directory, a number has to do
     */
    static Optional<ProcessId> of(long pid, Path proc) {
        if (pid <= 1) {
            return Optional.empty();
        }
        if (!Files.isDirectory(proc)) {
            return Optional.of(new ProcessId(pid, ""));
        }
        try {
            String text = Files.readString(proc.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return fields.length > START ? Optional.of(new ProcessId(pid, fields[START])) : Optional.empty();
        } catch (IOException | IndexOutOfBoundsException e) {
            return Optional.empty(); // it has ended
        }
    }

    /**
     * What descends from a process. Nothing where that has ended: the listing goes by the number, which may be another's by then.
     */
    static List<ProcessHandle> below(ProcessHandle process) {
        List<ProcessHandle> all = process.descendants().toList();
        // whoever is there still, as told by its start, had the number all the time
        return process.isAlive() ? all : List.of();
    }

    /** Its whole process group where it leads one, else itself. Nobody where it has ended. @param name without SIG */
    void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", SIGNAL, "kill", name, String.valueOf(pid), start)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!kill.waitFor(SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a container was signalled", e);
        }
    }
}
