package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program is killed with -9 while pods come and go, again and again: in the end there are as many processes as there
 * are to be, each once. {@code -Dorchestrator.faults.kills=100} is the nightly form.
 */
class AgentKillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Of what runs a program for each try. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private static final int KILLS = Integer.getInteger("orchestrator.faults.kills", 3);

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        PodProcesses.end(folder);
    }

    @Test
    @Timeout(3_600)
    void whereverItIsKilledEveryProcessIsThereOnceInTheEnd(TestReporter reporter) throws Exception {
        long seed = Long.getLong("orchestrator.faults.seed", System.nanoTime());
        // nobody else on this machine sleeps for so long
        String marker = Long.toString(3_600_000L + ProcessHandle.current().pid());
        String state = "dir:" + folder.resolve("state");
        RandomKills kills = new RandomKills(
                folder, List.of("--runtime", "process", "--nodes", "1", "--store", state, "--keep"), reporter);
        kills.run(KILLS, seed, "sleepers", "create", "deployment", "sleepers", "--image=any", "--", "sleep", marker);
        try (Launched last = kills.start()) {
            Kubectl kubectl = last.kubectl(folder);
            kubectl.run("scale", "deployment/sleepers", "--replicas=4");
            kubectl.run("rollout", "status", "deployment/sleepers", "--timeout=150s");
            await().atMost(PATIENCE)
                    .pollInterval(BETWEEN_TRIES)
                    .untilAsserted(() ->
                            assertThat(sleepers(marker)).as("seed " + seed).isEqualTo(4));
            kubectl.run("delete", "deployment", "sleepers");
            await().atMost(PATIENCE).pollInterval(BETWEEN_TRIES).untilAsserted(() -> {
                assertThat(kubectl.run("get", "pods")).contains("No resources found");
                assertThat(sleepers(marker)).as("seed " + seed).isZero();
            });
            assertThat(last.terminate()).isZero();
        }
    }

    private static long sleepers(String marker) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> commandOf(process).equals("sleep\0" + marker + "\0"))
                    .count();
        }
    }

    private static String commandOf(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (IOException gone) {
            // It has ended since the folder was listed.
            return "";
        }
    }
}
