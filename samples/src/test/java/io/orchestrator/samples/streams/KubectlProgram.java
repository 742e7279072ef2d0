package io.orchestrator.samples.streams;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One kubectl of this machine. @param version as its file's name says, or {@code any} */
record KubectlProgram(String version, Path program) {
    private static final long SECONDS = 180;

    /** The one on the PATH, or those that lie beside it as {@code kubectl.1.32} and the like. None skips the tests. */
    static Stream<KubectlProgram> installed() throws IOException {
        for (String part : System.getenv("PATH").split(":")) {
            Path found = Path.of(part, "kubectl");
            if (Files.isExecutable(found)) {
                Path folder = found.toRealPath().getParent();
                List<KubectlProgram> versions;
                try (Stream<Path> files = Files.list(folder)) {
                    versions = files.filter(
                                    file -> file.getFileName().toString().matches("kubectl\\.1\\.\\d+"))
                            .sorted()
                            .map(file -> new KubectlProgram(
                                    file.getFileName().toString().substring("kubectl.".length()), file))
                            .toList();
                }
                return versions.isEmpty() ? Stream.of(new KubectlProgram("any", found)) : versions.stream();
            }
        }
        org.junit.jupiter.api.Assumptions.assumeTrue(
                "true".equals(System.getenv("CI")), "there is no kubectl on the PATH");
        throw new AssertionError("there is no kubectl on the PATH");
    }

    Bound with(Path kubeconfig, Path folder) {
        return new Bound(this, kubeconfig, folder);
    }

    @Override
    public String toString() {
        return version;
    }

    /** How it ended and what it said. */
    record Ended(int code, String output, String errors) {}

    /** One against one cluster, with a discovery cache of its own. */
    record Bound(KubectlProgram kubectl, Path kubeconfig, Path folder) {

        Ended run(String input, String... args) throws IOException, InterruptedException {
            return ended(input, command(args));
        }

        /** The same where it finds a terminal. @param args without spaces */
        Ended runInTerminal(String... args) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of("sh", "-c", "exec script -qec \"$*\" /dev/null", "sh"));
            command.addAll(command(args));
            return ended("", command);
        }

        private Ended ended(String input, List<String> command) throws IOException, InterruptedException {
            Path in = Files.writeString(Files.createTempFile(folder, "kubectl", ".in"), input);
            Path out = Files.createTempFile(folder, "kubectl", ".out");
            Path err = Files.createTempFile(folder, "kubectl", ".err");
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        String.join(" ", command) + " did not end: " + Files.readString(out) + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        Running start(String... args) throws IOException {
            Path out = Files.createTempFile(folder, "kubectl", ".out");
            return new Running(
                    new ProcessBuilder(command(args))
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start(),
                    out);
        }

        private List<String> command(String... args) {
            List<String> command = new ArrayList<>(List.of(
                    kubectl.program().toString(),
                    "--kubeconfig",
                    kubeconfig.toString(),
                    "--cache-dir",
                    folder.resolve("cache-" + kubectl.version()).toString()));
            command.addAll(List.of(args));
            return command;
        }
    }

    /** One that goes on until it is closed. */
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
}
