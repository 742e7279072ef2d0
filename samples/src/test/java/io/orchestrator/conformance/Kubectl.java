package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.auth.Kubeconfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The kubectl of this machine against one cluster. Tests are skipped where there is none, except in CI. */
final class Kubectl {
    private static final long SECONDS = 180;

    private final Path folder;
    private final Path kubeconfig;

    Kubectl(Path folder, Kubeconfig kubeconfig) {
        boolean there = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(part -> Files.isExecutable(Path.of(part, "kubectl")));
        assumeTrue(there || "true".equals(System.getenv("CI")), "there is no kubectl on the PATH");
        assertThat(there).as("kubectl is on the PATH").isTrue();
        this.folder = folder;
        this.kubeconfig = folder.resolve("kubeconfig");
        try {
            kubeconfig.writeTo(this.kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How it ended and what it said, its complaints included. */
    record Ended(int code, String output) {}

    /** What it says; it must succeed. */
    String run(String... words) {
        return fed("", words);
    }

    /** The same with this to read. */
    String fed(String input, String... words) {
        Ended ended = ended(input, words);
        assertThat(ended.code())
                .as("kubectl %s: %s", String.join(" ", words), ended.output())
                .isZero();
        return ended.output();
    }

    Ended ended(String input, String... words) {
        try {
            Path in = Files.writeString(Files.createTempFile(folder, "kubectl", ".in"), input);
            Path out = Files.createTempFile(folder, "kubectl", ".out");
            Process process = builder(words)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "kubectl " + String.join(" ", words) + " did not end: " + Files.readString(out));
            }
            return new Ended(process.exitValue(), Files.readString(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One that goes on until it is ended, and what it says. */
    Process start(Path output, String... words) throws IOException {
        return builder(words).redirectOutput(output.toFile()).start();
    }

    private ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(List.of(
                "kubectl",
                "--kubeconfig",
                kubeconfig.toString(),
                "--cache-dir",
                folder.resolve("cache").toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
