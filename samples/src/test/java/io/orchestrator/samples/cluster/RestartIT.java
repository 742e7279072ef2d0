package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a directory, killed with -9 and started again, with processes as pods. */
class RestartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PODS =
            "jsonpath={range .items[*]}{.metadata.uid} {..containerID} {..restartCount} {.status.podIP}{'\\n'}{end}";

    @TempDir
    private Path folder;

    @Test
    void afterKillMinusNineTheSamePodsRunOnUnderTheSameObjects() throws Exception {
        String[] options = {
            "--runtime", "process", "--nodes", "1", "--store", "dir:" + folder.resolve("state"), "--keep"
        };
        String pods;
        String deployment;
        try (Launched first = Launched.up(folder, options)) {
            Kubectl kubectl = first.untilItSays("try: kubectl").kubectl(folder);
            kubectl.run("create", "deployment", "sleepers", "--image=any", "--replicas=3", "--", "sleep", "3600");
            kubectl.run("rollout", "status", "deployment/sleepers", "--timeout=90s");
            pods = pods(kubectl);
            deployment = kubectl.run("get", "deployment", "sleepers", "-o", "jsonpath={.metadata.uid}");
            assertThat(pods).hasLineCount(3);
        }
        try (Launched second = Launched.up(folder, options)) {
            Kubectl kubectl = second.untilItSays("try: kubectl").kubectl(folder);
            kubectl.run("rollout", "status", "deployment/sleepers", "--timeout=90s");
            assertThat(kubectl.run("get", "deployment", "sleepers", "-o", "jsonpath={.metadata.uid}"))
                    .isEqualTo(deployment);
            assertThat(pods(kubectl)).isEqualTo(pods);

            kubectl.run("scale", "deployment/sleepers", "--replicas=4");
            kubectl.run("rollout", "status", "deployment/sleepers", "--timeout=90s");
            assertThat(pods(kubectl)).hasLineCount(4);
            kubectl.run("delete", "deployment", "sleepers");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(kubectl.run("get", "pods")).contains("No resources found"));
            assertThat(second.terminate()).isZero();
        }
    }

    private static String pods(Kubectl kubectl) throws Exception {
        return kubectl.run("get", "pods", "--sort-by=.metadata.name", "-o", PODS);
    }
}
