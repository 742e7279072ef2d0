package io.orchestrator.core.runtime;

import io.orchestrator.core.env.Environment;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The process that leads the session of a container that this JVM has begun, as long as both live: the {@link ContainerHolder}, or a
 * shell where the container needs more than that does, such as an input or volumes, or where the machine does not run it. It does
 * everything between fork and the container's command itself, as each program more costs as much as the command. Thread-safe.
 */
final class ContainerShell {
    /** Longer than it ever takes: mounts are made meanwhile. */
    private static final long PATIENCE_SECONDS = 10;

    private static final int LONGEST_COMPLAINT = 1000;

    /**
     * Says on the pipe to the JVM, by a line, that the container's command comes next. A JVM that was killed meanwhile hears
     * nothing, which must not end the container.
     */
    static final String READY = "trap '' PIPE; { echo >&9; } 2>/dev/null; trap - PIPE; exec 9>&-";

    /**
     * Notes its id unless another start was faster, and outlives the command to note its code. The signals it catches are the
     * default again in the command. It holds its input before it notes its id, by which others know that they may attach: a
     * pipe that nobody holds loses what is written into it.
     */
    private static final String BEGIN = """
        exec 9>&2 2>&1
        dir=$1; shift
        umask 022
        if [ -f "$dir/entrances" ]; then
          while read -r entrance; do echo $$ > "$entrance" || exit 1; done < "$dir/entrances"
        elif [ -f "$dir/data" ]; then
          read -r data < "$dir/data" && ulimit -d "$data"
        fi
        if [ -p "$dir/stdin" ]; then
          exec 3<> "$dir/stdin" 4<> "$dir/hold" 5< "$dir/stdin"
        fi
        set -C; { echo $$ > "$dir/pid"; } 2>/dev/null || exit 0; set +C
        trap : TERM INT HUP QUIT USR1 USR2
        refuse() { echo "$1"; set -C; { echo 128 > "$dir/exit"; } 2>/dev/null; exit 128; }
        """;

    private static final String RUN = """
        set -C
        if [ -p "$dir/stdin" ]; then
          (trap '' TERM INT HUP QUIT USR1 USR2; read -r end <&4) 5<&- 9>&- &
          exec 3>&- 4>&-
          "$@" <&5 5<&-
        else
          "$@"
        fi
        { echo $? > "$dir/exit"; } 2>/dev/null
        """;

    private final Process process;
    private final Environment environment;
    private volatile boolean killed;
    private boolean heard;
    private String complaint = "";

    private ContainerShell(Process process, Environment environment) {
        this.process = process;
        this.environment = environment;
    }

    /**
     * The words of one that does all of it.
     *
     * @param directory the container's own
     */
    static List<String> words(Path directory, MountedCommand command) {
        List<String> words = new ArrayList<>(command.enter());
        words.addAll(
                List.of("/bin/sh", "-c", BEGIN + command.script() + RUN, ContainerHolder.NAME, directory.toString()));
        words.addAll(command.mounts());
        words.add("--");
        words.addAll(command.words());
        return words;
    }

    /**
     * Begins it, and with it the container.
     *
     * @param words its own and the container's
     * @param variables what it and all before the command see
     * @param log where all that it and the command say goes
     */
    static ContainerShell begin(
            List<String> words, Path workingDirectory, Map<String, String> variables, File log, Environment environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(workingDirectory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().clear();
        builder.environment().putAll(variables);
        return new ContainerShell(builder.start(), environment);
    }

    CompletionStage<?> onExit() {
        return process.onExit();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the command comes next or never will. Blocks, though not for ever: a shell that takes too long is ended.
     *
     * @return what was said instead, where its session or its namespaces could not be begun; empty otherwise
     */
    synchronized String await() throws IOException {
        if (!heard) {
            ScheduledFuture<?> late = environment
                    .timers()
                    .schedule(() -> environment.executor().execute(this::kill), PATIENCE_SECONDS, TimeUnit.SECONDS);
            try (InputStream said = process.getErrorStream()) {
                complaint = untilReady(said);
            } catch (IOException e) {
                if (!killed) {
                    throw e;
                }
                // whoever kills a process takes away what it says, also from who reads it
            } finally {
                late.cancel(false);
            }
            heard = true;
        }
        return complaint;
    }

    /** All lines before the empty one, by which {@link #READY} is known: what begins the shell may complain and go on. */
    private static String untilReady(InputStream said) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int before = '\n';
        for (int next = said.read(); next >= 0 && !(next == '\n' && before == '\n'); next = said.read()) {
            if (all.size() < LONGEST_COMPLAINT) {
                all.write(next);
            }
            before = next;
        }
        return all.toString(StandardCharsets.UTF_8).strip();
    }

    /** Ends it with all that it has begun and that stays below it. */
    void kill() {
        killed = true;
        List<ProcessHandle> family = ProcessId.below(process.toHandle());
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
