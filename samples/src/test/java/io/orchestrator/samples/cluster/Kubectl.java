package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real kubectl against one cluster, with a discovery cache of its own. */
final class Kubectl {
    private static final long SECONDS = 180;

    private final Path kubeconfig;
    private final Path folder;
    private List<String> within = List.of();

    /** The same, run by something else. @param within such as {@code ip netns exec} */
    Kubectl within(List<String> within) {
        this.within = List.copyOf(within);
        return this;
    }

    /** Skips the test where there is no kubectl, except in CI, where it must be there. */
    Kubectl(Path kubeconfig, Path folder) {
        this.kubeconfig = kubeconfig;
        this.folder = folder;
        boolean there = isThere();
        if (!there && !"true".equals(System.getenv("CI"))) {
            assumeTrue(false, "there is no kubectl on the PATH");
        }
        assertThat(there).as("kubectl is on the PATH").isTrue();
    }

    private static boolean isThere() {
        for (String part : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(part, "kubectl"))) {
                return true;
            }
        }
        return false;
    }

    /** Its output, standard error included. Fails unless it exits with 0. */
    String run(String... args) throws IOException, InterruptedException {
        Result result = result(args);
        assertThat(result.code())
                .as("kubectl %s: %s", String.join(" ", args), result.output())
                .isZero();
        return result.output();
    }

    Result result(String... args) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "kubectl", ".out");
        Process process = begin(output, args);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("kubectl " + String.join(" ", args) + " did not end");
        }
        return new Result(process.exitValue(), Files.readString(output));
    }

    private Process begin(Path output, String... args) throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(
                "kubectl",
                "--kubeconfig",
                kubeconfig.toString(),
                "--cache-dir",
                folder.resolve("cache").toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Begins one that goes on until it is closed. */
    Running start(String... args) throws IOException {
        Path output = Files.createTempFile(folder, "kubectl", ".out");
        return new Running(begin(output, args), output);
    }

    /** One that goes on. */
    record Running(Process process, Path output) implements AutoCloseable {
        /** Waits for it; returns all that it has said. */
        String untilItSays(String text) {
            return await().atMost(Duration.ofSeconds(SECONDS))
                    .until(() -> Files.readString(output), said -> said.contains(text));
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** How it ended and what it said. */
    record Result(int code, String output) {}
}
