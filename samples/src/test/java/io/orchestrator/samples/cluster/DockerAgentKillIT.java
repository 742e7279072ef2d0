package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.testkit.junit.RequiresDocker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node agent in a process of its own, with pods on Docker, that is killed with -9 and started again. */
@RequiresDocker
@Timeout(240)
class DockerAgentKillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String TOKEN = "abcdef.0123456789abcdef";
    private static final String IMAGE = "busybox:1.36";
    /** Between the second quick end of a container and its next start. */
    private static final Duration BACK_OFF = Duration.ofSeconds(10);

    private static final String QUICK_ENDS = "io.orchestrator.annotation/orchestrator.io/quick-ends";

    @TempDir
    Path folder;

    /** All of them, for the case that one does not come up. */
    private final List<Launched> launched = new ArrayList<>();

    private Launched plane;
    private Launched node;
    private Client client;
    private String cluster = "";

    @BeforeEach
    void open() throws Exception {
        plane = kept(Launched.controlPlane(folder.resolve("plane"), "--store", "memory", "--join-token", TOKEN))
                .untilItSays("to join:");
        client = Client.fromKubeconfig(plane.kubeconfig());
        node = startNode();
    }

    private Launched startNode() throws IOException {
        String said = plane.output();
        return kept(Launched.node(
                        folder.resolve("w1"),
                        "w1",
                        "--runtime",
                        "docker",
                        "--join",
                        said.replaceAll("(?s).*--join (https://[^ ]+).*", "$1"),
                        "--token",
                        TOKEN,
                        "--ca-cert-hash",
                        said.replaceAll("(?s).*--ca-cert-hash (sha256:[0-9a-f]{64}).*", "$1")))
                .untilItSays("has joined");
    }

    private Launched kept(Launched started) {
        launched.add(started);
        return started;
    }

    @AfterEach
    void close() throws Exception {
        if (client != null) {
            client.close();
        }
        for (Launched each : launched) {
            each.close();
        }
        if (!cluster.isEmpty()) {
            DockerProgram.remove(cluster);
        }
    }

    @Test
    void itAdoptsItsContainersAndTheirCountsAndBackOffGoOn() throws Exception {
        client.create(Pod.named("lasting")
                .container("main", IMAGE, c -> c.command("sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"))
                .build());
        client.create(Pod.named("failing")
                .container("main", IMAGE, c -> c.command("sh", "-c", "exit 1"))
                .build());
        Pod lasting = client.pods().awaitReady("lasting", PATIENCE);
        cluster = DockerProgram.clusterOf(lasting.metadata().uid());
        String before = DockerProgram.engineIdOf(status(lasting).containerID());
        ContainerStatus failed = untilFailing(DockerAgentKillIT::restsAfterItsSecondEnd, "its second end");
        node.kill();
        assertThat(DockerProgram.running(cluster)).contains(before);
        node = startNode();

        // one that was made and has not begun yet is counted already, and does not show its id
        ContainerStatus again = untilFailing(
                status -> status.restartCount() >= 2 && !status.containerID().equals(failed.containerID()),
                "its third start");
        assertThat(again.restartCount()).isEqualTo(2);
        String third = DockerProgram.engineIdOf(again.containerID());
        assertThat(DockerProgram.inspected("{{index .Config.Labels \"" + QUICK_ENDS + "\"}}", third))
                .isEqualTo("2");
        assertThat(Duration.between(
                        failed.lastState().terminated().finishedAt().instant(),
                        Instant.parse(DockerProgram.inspected("{{.State.StartedAt}}", third))))
                .as("the rest before the third start")
                .isGreaterThanOrEqualTo(BACK_OFF);

        ContainerStatus after = status(client.pods().get("lasting"));
        assertThat(DockerProgram.engineIdOf(after.containerID())).isEqualTo(before);
        assertThat(after.restartCount()).isZero();
        // The third of the failing ones may still run.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(DockerProgram.running(cluster))
                        .as("its container and two sandboxes")
                        .hasSize(3)
                        .contains(before));

        assertThat(node.terminate()).isZero();
        assertThat(DockerProgram.present(cluster)).as("when all is over").isEmpty();
    }

    private ContainerStatus untilFailing(Predicate<ContainerStatus> reached, String what) {
        return status(client.pods()
                .await(
                        "failing",
                        pod -> pod.status().containerStatuses().stream().anyMatch(reached),
                        what,
                        PATIENCE));
    }

    private static boolean restsAfterItsSecondEnd(ContainerStatus status) {
        return status.restartCount() == 1
                && status.state().waiting() != null
                && status.state().waiting().reason().equals("CrashLoopBackOff");
    }

    private static ContainerStatus status(Pod pod) {
        return pod.status().containerStatuses().get(0);
    }
}
