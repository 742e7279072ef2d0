package io.orchestrator.testkit.runtime;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated container does with its life, as data.
 *
 * @param startDelay how long a start takes
 * @param startFailure why it never starts; empty when it does
 * @param exitsAfter how long it runs before it ends by itself; null for ever
 * @param exitCode with which it ends by itself
 * @param outOfMemory whether that end is the kernel's doing
 * @param readyAfter how long after its start it answers readiness and startup probes; null for never
 * @param healthyFor how long after its start it answers liveness probes; null for ever
 * @param termDelay how long it takes to end when it is asked to; null when it does not listen
 * @param termExitCode with which it ends when it was asked to
 * @param output the lines that it prints at its start
 * @param exec how it answers commands; asked with no words, what it says and how it ends when the input of a container that
 *     was made with {@code stdinOnce} has ended
 * @param use what it uses while it runs
 */
public record Behaviour(
        Duration startDelay,
        String startFailure,
        @Nullable Duration exitsAfter,
        int exitCode,
        boolean outOfMemory,
        @Nullable Duration readyAfter,
        @Nullable Duration healthyFor,
        @Nullable Duration termDelay,
        int termExitCode,
        List<String> output,
        Exec exec,
        Use use) {

    private static final Behaviour RUNS = new Behaviour(
            Duration.ZERO,
            "",
            null,
            0,
            false,
            Duration.ZERO,
            null,
            Duration.ZERO,
            0,
            List.of(),
            (command, input) -> new ExecAnswer("", "", 0),
            new Use(0, 0));

    public Behaviour {
        output = List.copyOf(output);
    }

    /** How a container answers a command that is run in it; called when the command's input has ended. */
    @FunctionalInterface
    public interface Exec {
        ExecAnswer run(List<String> command, byte[] input);
    }

    /**
     * What a container uses.
     *
     * @param milliCores thousandths of a core, all the time
     */
    public record Use(long milliCores, long memoryBytes) {}

    /** What a command says and how it ends. */
    public record ExecAnswer(String stdout, String stderr, int code) {}

    /** Starts at once, is ready at once, runs for ever, and ends at once with 0 when it is asked to. */
    public static Behaviour runs() {
        return RUNS;
    }

    /** Like {@link #runs}, but ends by itself. */
    public static Behaviour exits(Duration after, int code) {
        return RUNS.thenExits(after, code);
    }

    /** Refuses every start. */
    public static Behaviour failsToStart(String why) {
        return new Behaviour(
                Duration.ZERO, why, null, 0, false, null, null, Duration.ZERO, 0, List.of(), RUNS.exec, RUNS.use);
    }

    public Behaviour startsIn(Duration delay) {
        return new Behaviour(
                delay,
                startFailure,
                exitsAfter,
                exitCode,
                outOfMemory,
                readyAfter,
                healthyFor,
                termDelay,
                termExitCode,
                output,
                exec,
                use);
    }

    public Behaviour thenExits(Duration after, int code) {
        return new Behaviour(
                startDelay,
                startFailure,
                after,
                code,
                false,
                readyAfter,
                healthyFor,
                termDelay,
                termExitCode,
                output,
                exec,
                use);
    }

    public Behaviour thenRunsOutOfMemory(Duration after) {
        return new Behaviour(
                startDelay,
                startFailure,
                after,
                128 + 9,
                true,
                readyAfter,
                healthyFor,
                termDelay,
                termExitCode,
                output,
                exec,
                use);
    }

    /** @param after null for never */
    public Behaviour readyAfter(@Nullable Duration after) {
        return new Behaviour(
                startDelay,
                startFailure,
                exitsAfter,
                exitCode,
                outOfMemory,
                after,
                healthyFor,
                termDelay,
                termExitCode,
                output,
                exec,
                use);
    }

    /** @param span null for ever */
    public Behaviour healthyFor(@Nullable Duration span) {
        return new Behaviour(
                startDelay,
                startFailure,
                exitsAfter,
                exitCode,
                outOfMemory,
                readyAfter,
                span,
                termDelay,
                termExitCode,
                output,
                exec,
                use);
    }

    /** @param delay null when it does not listen and must be killed */
    public Behaviour endsOnTerm(@Nullable Duration delay, int code) {
        return new Behaviour(
                startDelay,
                startFailure,
                exitsAfter,
                exitCode,
                outOfMemory,
                readyAfter,
                healthyFor,
                delay,
                code,
                output,
                exec,
                use);
    }

    public Behaviour prints(List<String> lines) {
        return new Behaviour(
                startDelay,
                startFailure,
                exitsAfter,
                exitCode,
                outOfMemory,
                readyAfter,
                healthyFor,
                termDelay,
                termExitCode,
                lines,
                exec,
                use);
    }

    public Behaviour answers(Exec exec) {
        return new Behaviour(
                startDelay,
                startFailure,
                exitsAfter,
                exitCode,
                outOfMemory,
                readyAfter,
                healthyFor,
                termDelay,
                termExitCode,
                output,
                exec,
                use);
    }

    /**
     * Uses this while it runs.
     *
     * @param milliCores thousandths of a core, all the time
     */
    public Behaviour uses(long milliCores, long memoryBytes) {
        return new Behaviour(
                startDelay,
                startFailure,
                exitsAfter,
                exitCode,
                outOfMemory,
                readyAfter,
                healthyFor,
                termDelay,
                termExitCode,
                output,
                exec,
                new Use(milliCores, memoryBytes));
    }
}
