package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ContainerState.Phase;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One container: a directory that tells all of it, so that an agent that restarts finds it as it is.
 *
 * <pre>
 * container.json   what it was created with
 * pid              written by what leads its session before the command runs, once; its time is the start
 * failed           why its command could not be begun, where it could not
 * exit             written by the same when the command has ended; its time is the end
 * killed, asked    how it was told to end, for the case that its shell could not write the code
 * log, log.times   its output, and when that came
 * log.start        where what is left of its output begins, if not at its first byte
 * stdin, hold      its input, where it has one
 * entrances, data  what holds its processes to its limits, where it has some
 * work             its working directory where it names none
 * inside           written when its mounts are there, where it has some
 * root, aside      empty; where its processes have their root, and what makes it
 * </pre>
 *
 * <p>Mutations are serialised by this object's monitor; nobody waits under it for a process to end.
 */
final class ProcessContainer implements ContainerLooks.Subject {
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
    /** Stands for a leader of which its file does not tell: the container was begun, and nobody knows what leads it. */
    private static final long NOBODY = 0;

    private final Path directory;
    private final Instant createdAt;
    private volatile Stored stored;
    private final ProcessLog log;
    private final ContainerCommands commands;
    private final ProcessMachine machine;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    // What does not change once it is known, so that a look at many containers costs nothing. Guarded by this.
    private @Nullable ContainerShell shell;
    private @Nullable Long leader;
    private @Nullable Instant startedAt;
    private @Nullable End end;
    private @Nullable ContainerState told;
    private @Nullable Stored toldOf;

    /** How it ended. */
    private record End(int code, Instant at, boolean outOfMemory, String lastWord) {}

    /** @param createdAt what the text of it says */
    ProcessContainer(Path directory, Stored stored, Instant createdAt, ProcessMachine machine) {
        this.directory = directory;
        this.createdAt = createdAt;
        this.stored = stored;
        this.machine = machine;
        this.commands = new ContainerCommands(directory, stored, machine);
        this.log =
                new ProcessLog(directory, machine.logs(), machine.environment().clock());
    }

    ContainerSpec spec() {
        return stored.spec();
    }

    ProcessLog log() {
        return log;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public boolean hasEnded() {
        return ended.isDone();
    }

    @Override
    public boolean tellsOfItsEnd() {
        return isBeingRun();
    }

    @Override
    public long written() {
        return log.seen();
    }

    /** Completes when it has ended, on the thread that noticed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Starts it unless it was started before, and tells when its processes may have ended. */
    void start(Map<String, String> surroundings, Runnable onEnd) throws IOException {
        ContainerShell begun = begin(surroundings, onEnd);
        if (begun == null) {
            return;
        }
        String complaint = begun.await();
        if (leader() == null) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.UNAVAILABLE,
                    "the shell of container " + spec().id() + " did not start"
                            + (complaint.isEmpty() ? "" : ": " + complaint));
        }
    }

    /** Null where it was begun by another than this JVM, or has ended. */
    private synchronized @Nullable ContainerShell begin(Map<String, String> surroundings, Runnable onEnd)
            throws IOException {
        if (isBeingRun() || leader() != null) {
            return shell;
        }
        Map<String, String> variables = commands.environment(surroundings);
        Optional<Path> program = programFor(variables);
        machine.limits().prepare(spec(), directory);
        boolean terminal = spec().tty() && Programs.hasTerminals();
        boolean input = spec().stdin() || terminal;
        if (input) {
            input().make();
        }
        UserCommand command = commands.asItsUser(stored.command(), terminal, variables);
        ContainerShell begun = ContainerShell.begin(
                commands.beginning(command, program, input, surroundings.getOrDefault("HOSTNAME", "")),
                commands.workingDirectory(),
                command.variables(),
                log.file().path().toFile(),
                machine.environment());
        shell = begun;
        begun.onExit().thenRun(onEnd);
        return begun;
    }

    /** Whether the shell that this JVM has begun for it is there, which says it without a question to the system. */
    private synchronized boolean isBeingRun() {
        return shell != null && shell.isAlive();
    }

    /** What is run, where that is known. A container whose command cannot run has ended herewith. */
    private Optional<Path> programFor(Map<String, String> variables) throws IOException {
        String before = failure();
        if (!before.isEmpty()) {
            throw new RuntimeFailure(RuntimeFailure.Kind.CANNOT_START, before);
        }
        try {
            commands.workingDirectory();
            return commands.programOf(stored.command(), variables);
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

    /** Runs a command beside its own, which sees what that sees. */
    ExecSession exec(ExecSpec asked, Map<String, String> surroundings) throws IOException {
        Map<String, String> variables = commands.environment(surroundings);
        if (asked.tty()) {
            Programs.requireTerminals();
        }
        if (spec().mounts().isEmpty()) {
            commands.programOf(asked.command(), variables);
        }
        UserCommand command = commands.asItsUser(asked.command(), asked.tty(), variables);
        Optional<Long> joined = number("inside", null) == null ? Optional.empty() : Optional.ofNullable(leader());
        return ProcessExec.start(
                asked, commands.beside(command, joined), command.variables(), commands.workingDirectory());
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
        if (shell != null && shell.isAlive() && leader() == null) {
            shell.kill();
        }
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
        return group == null ? !isBeingRun() : group.isGone();
    }

    /** Gives it other limits. Returns what is to be written down of it. */
    synchronized Stored resize(ContainerSpec.Resources resources) throws IOException {
        ProcessGroup group = group();
        machine.limits().change(spec(), resources, directory, group == null ? List.of() : group.processes());
        stored = new Stored(spec().withResources(resources), stored.createdAt(), stored.command(), stored.podFiles());
        return stored;
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
        IOException trouble = observeLog();
        if (phase() != Phase.EXITED) {
            if (trouble != null) {
                throw trouble;
            }
            return false;
        }
        observeLog();
        log.wake();
        // what the command left running in the background ends with it, as in any container
        ProcessGroup group = group();
        if (group != null) {
            group.sweep();
        }
        ended.complete(null);
        return true;
    }

    /** A disk that is full keeps nobody from noticing an end. */
    private @Nullable IOException observeLog() {
        try {
            log.observe();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    synchronized Phase phase() throws IOException {
        ProcessGroup group = group();
        if (end == null && group != null && isBeingRun()) {
            return Phase.RUNNING;
        }
        if (end() != null || !Files.isDirectory(directory)) {
            return Phase.EXITED;
        }
        if (group == null) {
            return Phase.CREATED;
        }
        if (group.alive()) {
            return Phase.RUNNING;
        }
        if (end() == null) {
            // its shell was killed: nobody else writes the code
            Files.writeString(directory.resolve("exit"), codeWithoutShell() + "\n");
        }
        return Phase.EXITED;
    }

    synchronized ContainerState state() throws IOException {
        Phase phase = phase();
        ContainerState known = told;
        if (known != null && known.phase() == phase && toldOf == stored) {
            return known;
        }
        End over = phase == Phase.EXITED ? end() : null;
        ContainerState state = new ContainerState(
                spec().id(),
                spec().sandboxId(),
                spec().pod(),
                spec().name(),
                spec().attempt(),
                spec().image(),
                ProcessImages.idOf(spec().image()),
                phase,
                createdAt,
                started(),
                over == null ? null : over.at(),
                over == null ? null : over.code(),
                over != null && over.outOfMemory(),
                over == null ? "" : over.lastWord(),
                spec().labels(),
                spec().annotations(),
                spec().resources());
        if (phase != Phase.EXITED || over != null) {
            told = state;
            toldOf = stored;
        }
        return state;
    }

    private synchronized @Nullable Instant started() {
        if (startedAt == null && leader() != null) {
            startedAt = timeOf("pid");
        }
        return startedAt;
    }

    /** Null where what would tell of it has gone with it. */
    private synchronized @Nullable End end() throws IOException {
        Integer code = end == null ? exitCode() : null;
        if (code != null) {
            end = new End(code, timeOf("exit"), machine.limits().ranOutOfMemory(spec()), lastWord());
        }
        return end;
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
        return leader == null ? null : new ProcessGroup(leader, mark(), directory.toString(), machine.processes());
    }

    private String mark() {
        return ContainerCommands.MARK + "=" + directory;
    }

    private synchronized @Nullable Long leader() {
        if (leader == null) {
            leader = number("pid", NOBODY);
        }
        return leader;
    }

    private @Nullable Integer exitCode() {
        Long code = number("exit", null);
        return code == null ? null : code.intValue();
    }

    /**
     * Null while the file is not there or not yet written to its end.
     *
     * @param otherwise what it stands for when it holds anything but a number
     */
    private @Nullable Long number(String file, @Nullable Long otherwise) {
        try {
            String text = Files.readString(directory.resolve(file));
            return text.endsWith("\n") ? Long.valueOf(text.trim()) : null;
        } catch (NumberFormatException e) {
            return otherwise;
        } catch (IOException e) {
            return null;
        }
    }

    private Instant timeOf(String file) {
        try {
            return Files.getLastModifiedTime(directory.resolve(file)).toInstant();
        } catch (IOException e) {
            return machine.environment().clock().instant();
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
