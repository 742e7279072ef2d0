package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher in a process of its own, as a user starts it, from the classes under test. */
final class Launched implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Process process;
    private final Path output;
    private final Path kubeconfig;

    private Launched(Process process, Path output, Path kubeconfig) {
        this.process = process;
        this.output = output;
        this.kubeconfig = kubeconfig;
    }

    static Launched up(Path folder, String... args) throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        Path output = folder.resolve("launcher.out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ClusterLauncher.class.getName(),
                "up",
                "--port",
                "0",
                "--kubeconfig",
                kubeconfig.toString()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Launched(process, output, kubeconfig);
    }

    /** Waits until it has said so. */
    Launched untilItSays(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(process.isAlive()).as(output()).isTrue();
            assertThat(output()).contains(text);
        });
        return this;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    Kubectl kubectl(Path folder) {
        return new Kubectl(kubeconfig, folder);
    }

    /** Sends SIGTERM and gives the exit code. */
    int terminate() throws InterruptedException, IOException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(output())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
