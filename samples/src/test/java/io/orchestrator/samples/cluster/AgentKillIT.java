package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program is killed with -9 while pods come and go, again and again: in the end there are as many processes as there
 * are to be, each once. {@code -Dorchestrator.faults.kills=100} is the nightly form.
 */
class AgentKillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int KILLS = Integer.getInteger("orchestrator.faults.kills", 3);
    private static final int MOST_REPLICAS = 5;
    private static final int MOST_MILLIS = 2_500;

    @TempDir
    private Path folder;

    @Test
    @Timeout(3_600)
    void whereverItIsKilledEveryProcessIsThereOnceInTheEnd() throws Exception {
        long seed = Long.getLong("orchestrator.faults.seed", System.nanoTime());
        Random random = new Random(seed);
        // nobody else on this machine sleeps for so long
        String marker = Long.toString(3_600_000L + ProcessHandle.current().pid());
        String[] options = {
            "--runtime", "process", "--nodes", "1", "--store", "dir:" + folder.resolve("state"), "--keep"
        };
        for (int i = 0; i < KILLS; i++) {
            try (Launched launched = Launched.up(folder, options)) {
                Kubectl kubectl = launched.untilItSays("try: kubectl").kubectl(folder);
                if (i == 0) {
                    kubectl.run("create", "deployment", "sleepers", "--image=any", "--", "sleep", marker);
                }
                kubectl.run("scale", "deployment/sleepers", "--replicas=" + (1 + random.nextInt(MOST_REPLICAS)));
                launched.runOn(Duration.ofMillis(random.nextInt(MOST_MILLIS)));
            }
        }
        try (Launched last = Launched.up(folder, options)) {
            Kubectl kubectl = last.untilItSays("try: kubectl").kubectl(folder);
            kubectl.run("scale", "deployment/sleepers", "--replicas=4");
            kubectl.run("rollout", "status", "deployment/sleepers", "--timeout=90s");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(sleepers(marker)).as("seed " + seed).isEqualTo(4));
            kubectl.run("delete", "deployment", "sleepers");
            await().atMost(PATIENCE).untilAsserted(() -> {
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
