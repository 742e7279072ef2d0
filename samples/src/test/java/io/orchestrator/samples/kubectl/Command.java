package io.orchestrator.samples.kubectl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Runs one kubectl in one folder. Each run is bounded; one that outlives its bound is killed, and its output says so. */
final class Command {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 50;
    /** Before the same is tried again: each try costs the machine as much as what it waits for. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final KubectlProgram program;
    private final Path folder;
    private final Path kubeconfig;
    private final Path cache;

    Command(KubectlProgram program, Path folder, Path kubeconfig, Path cache) {
        this.program = program;
        this.folder = folder;
        this.kubeconfig = kubeconfig;
        this.cache = cache;
    }

    /** Runs it to its end. */
    Ended run(List<String> words) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".out");
        Process process = start(words, output);
        if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            return new Ended(process.exitValue(), read(output));
        }
        process.destroyForcibly().waitFor();
        return new Ended(Integer.MIN_VALUE, read(output) + "\n(killed after " + PATIENCE.toSeconds() + " s)");
    }

    /** Runs it again and again until it passes. */
    Ended repeatUntil(List<String> words, Predicate<Ended> passes) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Ended last = run(words);
        while (!passes.test(last) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(REST_NANOS);
            last = run(words);
        }
        return last;
    }

    /** Runs it until it has said this, then ends it. */
    Ended runUntil(List<String> words, Pattern said) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".out");
        Process process = start(words, output);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!said.matcher(read(output)).find() && System.nanoTime() < deadline) {
            if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        int code = process.isAlive() ? Step.ENDLESS : process.exitValue();
        process.destroyForcibly().waitFor();
        return new Ended(code, read(output));
    }

    private Process start(List<String> words, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program.path().toString(), "--kubeconfig", kubeconfig.toString(), "--cache-dir", cache.toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new java.io.File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // What "kubectl edit" and "kubectl diff" call.
        builder.environment().put("KUBE_EDITOR", "sed -i s/before/after/");
        return builder.start();
    }

    private static String read(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }

    /** How it ended and what it said, errors included. */
    record Ended(int code, String output) {}
}
