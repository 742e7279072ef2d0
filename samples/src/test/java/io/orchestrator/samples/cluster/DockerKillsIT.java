package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.testkit.junit.RequiresDocker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link AgentKillIT}, on Docker, for the night only ({@code -Dorchestrator.faults.kills=100}): what one kill does is seen in each
 * build by {@link DockerAgentKillIT}.
 */
@RequiresDocker
@EnabledIfSystemProperty(named = "orchestrator.faults.kills", matches = "\\d+")
class DockerKillsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    /** Each try runs a dozen programs, which must not be what keeps the machine busy. */
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private static final String IMAGE = "busybox:1.36";
    private static final int REPLICAS = 4;

    @TempDir
    private Path folder;

    /** Nobody else on this machine has pods of this name. */
    private final String deployment = "lasting-" + ProcessHandle.current().pid();

    private String cluster = "";

    @AfterEach
    void close() throws Exception {
        // it may have failed before it knew its cluster
        for (String each : DockerProgram.clustersOfPods(deployment + "-")) {
            DockerProgram.remove(each);
        }
    }

    @Test
    @Timeout(7_200)
    void whereverItIsKilledEveryContainerIsThereOnceInTheEnd(TestReporter reporter) throws Exception {
        long seed = Long.getLong("orchestrator.faults.seed", System.nanoTime());
        String state = "dir:" + folder.resolve("state");
        RandomKills kills = new RandomKills(
                folder, List.of("--runtime", "docker", "--nodes", "1", "--store", state, "--keep"), reporter);
        kills.run(
                Integer.getInteger("orchestrator.faults.kills", 1),
                seed,
                deployment,
                "create",
                "deployment",
                deployment,
                "--image=" + IMAGE,
                "--",
                "sh",
                "-c",
                "trap 'exit 0' TERM; sleep 3600 & wait");
        try (Launched last = kills.start()) {
            Kubectl kubectl = last.kubectl(folder);
            kubectl.run("scale", "deployment/" + deployment, "--replicas=" + REPLICAS);
            await().atMost(PATIENCE).pollInterval(BETWEEN_TRIES).untilAsserted(() -> {
                String[] uids = kubectl.run("get", "pods", "-o", "jsonpath={.items[*].metadata.uid}")
                        .split(" ");
                assertThat(uids).as("seed " + seed).hasSize(REPLICAS);
                cluster = DockerProgram.clusterOf(uids[0]);
                assertThat(DockerProgram.running(cluster))
                        .as("a sandbox and a container of each pod, seed " + seed)
                        .hasSize(2 * REPLICAS);
                for (String uid : uids) {
                    assertThat(DockerProgram.run("ps", "-q", "--filter", "label=io.orchestrator.pod.uid=" + uid)
                                    .lines())
                            .as("of pod " + uid + ", seed " + seed)
                            .hasSize(2);
                }
            });
            kubectl.run("delete", "deployment", deployment);
            await().atMost(PATIENCE).pollInterval(BETWEEN_TRIES).untilAsserted(() -> {
                assertThat(kubectl.run("get", "pods")).contains("No resources found");
                assertThat(DockerProgram.pods(cluster)).as("seed " + seed).isEmpty();
            });
            assertThat(last.terminate()).isZero();
            assertThat(DockerProgram.present(cluster)).as("when all is over").isEmpty();
        }
    }
}
