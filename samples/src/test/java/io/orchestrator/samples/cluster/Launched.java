package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.testkit.machine.Freeze;
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
        return serving(List.of(), "up", folder, args);
    }

    /** One control plane without nodes. */
    static Launched controlPlane(Path folder, String... args) throws IOException {
        return controlPlane(List.of(), folder, args);
    }

    /** The same. @param within what the program is run by, such as {@code ip netns exec} */
    static Launched controlPlane(List<String> within, Path folder, String... args) throws IOException {
        return serving(within, "control-plane", folder, args);
    }

    private static Launched serving(List<String> within, String command, Path folder, String... args)
            throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        List<String> words = new ArrayList<>(List.of(command, "--kubeconfig", kubeconfig.toString()));
        if (!List.of(args).contains("--port")) {
            words.addAll(List.of("--port", "0"));
        }
        words.addAll(List.of(args));
        return run(within, folder, kubeconfig, words);
    }

    /** A node that joins. @param folder of its own, which it keeps its state in */
    static Launched node(Path folder, String name, String... args) throws IOException {
        return node(List.of(), folder, name, args);
    }

    /** The same. @param within what the program is run by */
    static Launched node(List<String> within, Path folder, String name, String... args) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "node",
                "--name",
                name,
                "--port",
                "0",
                "--directory",
                folder.resolve("state").toString()));
        words.addAll(List.of(args));
        return run(within, folder, folder.resolve("none"), words);
    }

    private static Launched run(List<String> within, Path folder, Path kubeconfig, List<String> words)
            throws IOException {
        Files.createDirectories(folder);
        Path output = folder.resolve("launcher-" + System.nanoTime() + ".out");
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ClusterLauncher.class.getName()));
        command.addAll(words);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Launched(process, output, kubeconfig);
    }

    /** Waits until it has said so. */
    Launched untilItSays(String text) {
        await().atMost(PATIENCE)
                .failFast(() -> assertThat(process.isAlive()).as(output()).isTrue())
                .untilAsserted(() -> assertThat(output()).contains(text));
        return this;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /** Kills it without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Lets it do nothing any more from the return of this on, until it is told to go on. */
    void freeze() throws IOException, InterruptedException {
        assertThat(process.isAlive()).as(output()).isTrue();
        Freeze.begin(process);
    }

    void goOn() throws IOException, InterruptedException {
        assertThat(process.isAlive()).as(output()).isTrue();
        Freeze.end(process);
    }

    Kubectl kubectl(Path folder) {
        return new Kubectl(kubeconfig, folder);
    }

    /** Lets it run on for a while, or until it ends by itself. */
    void runOn(Duration time) throws InterruptedException {
        process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sends SIGTERM and gives the exit code. */
    int terminate() throws InterruptedException, IOException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(output())
                .isTrue();
        return process.exitValue();
    }

    /** Ends all in order, however the test went: none is left behind because another does not end as it should. */
    static void endAll(List<Launched> all) throws IOException, InterruptedException {
        try {
            for (Launched each : all) {
                if (each.process.isAlive()) {
                    each.goOn();
                    each.terminate();
                }
            }
        } finally {
            for (Launched each : all) {
                each.close();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
