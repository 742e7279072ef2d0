package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerState.Phase;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One container: a directory that tells all of it, so that an agent that restarts finds it as it is.
 *
 * <pre>
 * container.json   what it was created with
 * pid              written by its shell before the command runs, once; its time is the start
 * failed           why its command could not be begun, where it could not
 * exit             written by its shell when the command has ended; its time is the end
 * killed, asked    how it was told to end, for the case that its shell could not write the code
 * log, log.times   its output, and when that came
 * stdin, hold      its input, where it has one
 * work             its working directory where it names none
 * inside           the process that sees its mounts, where it has some
 * root, aside      empty; where that process has its root, and what makes it
 * </pre>
 *
 * <p>Mutations are serialised by this object's monitor; nobody waits under it for a process to end.
 */
final class ProcessContainer {
    /** What is written down. Jackson reads and writes it. */
    record Stored(
            ContainerSpec spec,
            String createdAt,
            List<String> command,
            @Nullable List<ContainerSpec.Mount> podFiles) {
        Stored {
            // Those of an earlier version had none.
            podFiles = podFiles == null ? List.of() : List.copyOf(podFiles);
        }

        /** Files that stand in place of the machine's, whatever else is mounted. */
        List<ContainerSpec.Mount> files() {
            return podFiles == null ? List.of() : podFiles;
        }
    }

    static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    private static final int UNSTARTABLE = 128;
    private static final long SHELL_SECONDS = 10;

    /**
     * Becomes the leader of the session, notes its id unless another start was faster, and outlives the command to note its
     * code. The signals it catches are the default again in the command. It holds its input before it notes its id, by which
     * others know that they may attach: a pipe that nobody holds loses what is written into it.
     */
    private static final String SHELL = """
        dir=$1; shift
        if [ -p "$dir/stdin" ]; then
          exec 3<> "$dir/stdin" 4<> "$dir/hold" 5< "$dir/stdin"
        fi
        set -C; { echo $$ > "$dir/pid"; } 2>/dev/null || exit 0
        trap : TERM INT HUP QUIT USR1 USR2
        if [ -p "$dir/stdin" ]; then
          (trap '' TERM INT HUP QUIT USR1 USR2; read -r end <&4) 5<&- &
          exec 3>&- 4>&-
          "$@" <&5 5<&-
        else
          "$@"
        fi
        { echo $? > "$dir/exit"; } 2>/dev/null
        """;

    private final Path directory;
    private final Stored stored;
    private final ProcessLog log;
    private final Supplier<Optional<ProcessMounts>> mounts;
    private final Clock clock;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    ProcessContainer(Path directory, Stored stored, Supplier<Optional<ProcessMounts>> mounts, Clock clock) {
        this.directory = directory;
        this.stored = stored;
        this.mounts = mounts;
        this.clock = clock;
        this.log = new ProcessLog(directory, clock);
    }

    ContainerSpec spec() {
        return stored.spec();
    }

    ProcessLog log() {
        return log;
    }

    Path directory() {
        return directory;
    }

    /** Completes when it has ended, on the thread that noticed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Starts it unless it was started before, and tells when its processes may have ended. */
    synchronized void start(Map<String, String> surroundings, Runnable onEnd) throws IOException {
        if (leader() != null) {
            return;
        }
        Map<String, String> environment = environment(surroundings);
        List<String> command = stored.command();
        Path workingDirectory = directoryFor(command.get(0), environment);
        if (!spec().mounts().isEmpty()) {
            List<ContainerSpec.Mount> all = new ArrayList<>(stored.files());
            all.addAll(spec().mounts());
            command = mounting().around(directory, all, innerDirectory(), command);
        } else if (isApart()) {
            command = mounting().over(directory, stored.files(), command);
        }
        List<String> words = new ArrayList<>(Programs.ownSession());
        words.addAll(List.of("/bin/sh", "-c", SHELL, "orchestrator-container", directory.toString()));
        boolean terminal = spec().tty() && Programs.hasTerminals();
        words.addAll(terminal ? Programs.inTerminal(command) : command);
        if (spec().stdin() || terminal) {
            input().make();
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(workingDirectory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process shell = builder.start();
        shell.onExit().thenRun(onEnd);
        awaitShell(shell);
        if (isApart()) {
            awaitMounts(shell);
        }
    }

    /** Whether its processes see other files than the machine's. */
    private boolean isApart() {
        return !spec().mounts().isEmpty() || !stored.files().isEmpty();
    }

    /** So that whoever comes next, such as a hook, finds the place that it is to join. */
    private void awaitMounts(Process shell) throws IOException {
        Path inside = directory.resolve("inside");
        try {
            for (long waited = 0; waited < SHELL_SECONDS * 1000 && !Files.exists(inside); waited++) {
                if (shell.waitFor(1, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a container was started", e);
        }
    }

    /** Where the program runs. One that cannot run has ended herewith. */
    private Path directoryFor(String program, Map<String, String> environment) throws IOException {
        String before = failure();
        if (!before.isEmpty()) {
            throw new RuntimeFailure(RuntimeFailure.Kind.CANNOT_START, before);
        }
        try {
            Path workingDirectory = workingDirectory();
            if (spec().mounts().isEmpty() || !program.contains("/")) {
                new Programs(environment.getOrDefault("PATH", "")).check(program, workingDirectory);
            }
            return workingDirectory;
        } catch (RuntimeFailure e) {
            if (e.kind() == RuntimeFailure.Kind.CANNOT_START) {
                Files.writeString(directory.resolve("failed"), String.valueOf(e.getMessage()));
                Files.writeString(directory.resolve("exit"), UNSTARTABLE + "\n");
                ended.complete(null);
            }
            throw e;
        }
    }

    /** Why its command could not be begun; empty where it could, or was not yet. */
    private String failure() throws IOException {
        Path file = directory.resolve("failed");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** A command that is run beside its own, as it must be asked for to see what that sees. */
    ExecSpec inside(ExecSpec asked) throws IOException {
        if (!isApart()) {
            return asked;
        }
        Path noted = directory.resolve("inside");
        if (!Files.exists(noted)) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.INVALID, "the volumes of container " + spec().id() + " are not mounted yet");
        }
        long process = Long.parseLong(Files.readString(noted).strip());
        return new ExecSpec(mounting().beside(process, innerDirectory(), asked.command()), asked.stdin(), asked.tty());
    }

    private ProcessMounts mounting() {
        return mounts.get()
                .orElseThrow(() -> new RuntimeFailure(
                        RuntimeFailure.Kind.UNSUPPORTED,
                        "this machine does not let the process runtime mount volumes into a container"));
    }

    private String innerDirectory() {
        return spec().workingDir().isEmpty() ? directory.resolve("work").toString() : spec().workingDir();
    }

    private ProcessInput input() {
        return new ProcessInput(directory);
    }

    /**
     * Joins it.
     *
     * @param stdin whether to write to its input, where it has one
     * @param gone whether it was removed meanwhile
     */
    ProcessAttachment attach(boolean stdin, BooleanSupplier gone) throws IOException {
        if (phase() != Phase.RUNNING) {
            throw new RuntimeFailure(RuntimeFailure.Kind.INVALID, "container " + spec().id() + " does not run");
        }
        boolean writes = stdin && spec().stdin() && input().exists();
        GrowingFile output = new GrowingFile(log.file(), () -> ended.isDone() || gone.getAsBoolean());
        return new ProcessAttachment(
                writes ? input().open(spec().stdinOnce()) : OutputStream.nullOutputStream(),
                output,
                ended,
                this::resize);
    }

    private void resize(int columns, int rows) {
        Long leader = leader();
        if (spec().tty() && leader != null) {
            ProcessHandle.of(leader).flatMap(Terminal::below).ifPresent(terminal -> terminal.resize(columns, rows));
        }
    }

    private void awaitShell(Process shell) throws IOException {
        try {
            for (long waited = 0; leader() == null; waited++) {
                boolean over = shell.waitFor(1, TimeUnit.MILLISECONDS);
                if (leader() == null && (over || waited > SHELL_SECONDS * 1000)) {
                    throw new RuntimeFailure(
                            RuntimeFailure.Kind.UNAVAILABLE,
                            "the shell of container " + spec().id() + " did not start");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a container was started", e);
        }
    }

    /** The variables its commands see. */
    Map<String, String> environment(Map<String, String> surroundings) {
        Map<String, String> all = new LinkedHashMap<>(surroundings);
        all.putAll(spec().env());
        String[] mark = mark().split("=", 2);
        all.put(mark[0], mark[1]);
        return all;
    }

    Path workingDirectory() {
        if (spec().workingDir().isEmpty() || !spec().mounts().isEmpty()) {
            return directory.resolve("work");
        }
        Path wanted = Path.of(spec().workingDir());
        if (!Files.isDirectory(wanted)) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.CANNOT_START,
                    "working directory " + wanted + " does not exist on this machine");
        }
        return wanted;
    }

    /** Sends the signal that asks it to end. */
    synchronized void ask() throws IOException {
        ProcessGroup group = group();
        if (group != null && phase() == Phase.RUNNING) {
            touch("asked");
            String signal =
                    spec().stopSignal().isEmpty() ? "TERM" : spec().stopSignal().replaceFirst("^SIG", "");
            if (spec().tty()) {
                group.signalEach(signal);
            } else {
                group.signal(signal);
            }
        }
    }

    synchronized void kill() throws IOException {
        ProcessGroup group = group();
        if (group != null) {
            if (phase() == Phase.RUNNING) {
                touch("killed");
            }
            group.kill();
        }
    }

    /** Whether it has no process, so that its files and its pod's address may be given to others. */
    synchronized boolean isGone() {
        ProcessGroup group = group();
        return group == null || group.isGone();
    }

    ProcessGroup.Usage usage(Optional<ProcessTable> table) {
        ProcessGroup group = group();
        return group == null ? new ProcessGroup.Usage(0, 0) : group.usage(table);
    }

    /** Looks at log and processes. True when it has just been found ended. */
    synchronized boolean observe() throws IOException {
        if (ended.isDone()) {
            return false;
        }
        log.observe();
        if (phase() != Phase.EXITED) {
            return false;
        }
        log.observe();
        log.wake();
        // what the command left running in the background ends with it, as in any container
        ProcessGroup group = group();
        if (group != null) {
            group.kill();
        }
        ended.complete(null);
        return true;
    }

    synchronized Phase phase() throws IOException {
        if (!Files.isDirectory(directory)) {
            return Phase.EXITED;
        }
        ProcessGroup group = group();
        if (group == null) {
            return exitCode() == null ? Phase.CREATED : Phase.EXITED;
        }
        if (exitCode() != null) {
            return Phase.EXITED;
        }
        if (group.alive()) {
            return Phase.RUNNING;
        }
        if (exitCode() == null) {
            // its shell was killed: nobody else writes the code
            Files.writeString(directory.resolve("exit"), codeWithoutShell() + "\n");
        }
        return Phase.EXITED;
    }

    synchronized ContainerState state() throws IOException {
        Phase phase = phase();
        boolean started = leader() != null;
        boolean over = phase == Phase.EXITED;
        return new ContainerState(
                spec().id(),
                spec().sandboxId(),
                spec().pod(),
                spec().name(),
                spec().attempt(),
                spec().image(),
                ProcessImages.idOf(spec().image()),
                phase,
                Instant.parse(stored.createdAt()),
                started ? timeOf("pid") : null,
                over ? timeOf("exit") : null,
                over ? exitCode() : null,
                false,
                over ? lastWord() : "",
                spec().labels(),
                spec().annotations());
    }

    private int codeWithoutShell() {
        if (Files.exists(directory.resolve("asked")) && !Files.exists(directory.resolve("killed"))) {
            return TERMINATED;
        }
        if (!Files.exists(directory.resolve("killed"))) {
            touch("traceless");
        }
        return KILLED;
    }

    private String lastWord() throws IOException {
        boolean traceless = Files.exists(directory.resolve("traceless"));
        return traceless ? "ended without a trace: killed from outside, or with the machine" : failure();
    }

    private @Nullable ProcessGroup group() {
        Long leader = leader();
        return leader == null ? null : new ProcessGroup(leader, mark(), directory.toString());
    }

    private String mark() {
        return "ORCHESTRATOR_CONTAINER=" + directory;
    }

    private @Nullable Long leader() {
        return number("pid");
    }

    private @Nullable Integer exitCode() {
        Long code = number("exit");
        return code == null ? null : code.intValue();
    }

    /** Null while the file is not there or not yet written to its end. */
    private @Nullable Long number(String file) {
        try {
            String text = Files.readString(directory.resolve(file));
            return text.endsWith("\n") ? Long.valueOf(text.trim()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private Instant timeOf(String file) {
        try {
            return Files.getLastModifiedTime(directory.resolve(file)).toInstant();
        } catch (IOException e) {
            return clock.instant();
        }
    }

    private void touch(String file) {
        try {
            Files.writeString(directory.resolve(file), "");
        } catch (IOException e) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.UNAVAILABLE, "cannot write the state of container " + spec().id(), e);
        }
    }
}
