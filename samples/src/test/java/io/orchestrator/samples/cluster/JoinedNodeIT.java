package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ExecResult;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeConditionType;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.core.embed.JoinedNode;
import io.orchestrator.core.join.AuthorityPin;
import io.orchestrator.core.join.JoinToken;
import io.orchestrator.testkit.network.FreePort;
import io.orchestrator.testkit.runtime.SimulatedRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A control plane and a node, each a process of its own, of which either may be killed. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JoinedNodeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String TOKEN = "abcdef.0123456789abcdef";

    @TempDir
    static Path folder;

    private static int port;
    private static Launched plane;
    private static Launched node;
    private static Client client;
    private static String join;
    private static String hash;

    @BeforeAll
    static void open() throws Exception {
        port = FreePort.find();
        plane = startPlane();
        String said = plane.output();
        join = "https://127.0.0.1:" + port;
        hash = said.replaceAll("(?s).*--ca-cert-hash (sha256:[0-9a-f]{64}).*", "$1");
        node = Launched.node(
                        folder.resolve("w1"),
                        "w1",
                        "--runtime",
                        "process",
                        "--join",
                        join,
                        "--token",
                        TOKEN,
                        "--ca-cert-hash",
                        hash)
                .untilItSays("has joined");
        client = Client.fromKubeconfig(plane.kubeconfig());
        untilReady();
    }

    private static Launched startPlane() throws IOException {
        return Launched.controlPlane(
                        folder.resolve("plane"),
                        "--store",
                        "dir:" + folder.resolve("store"),
                        "--port",
                        Integer.toString(port),
                        "--join-token",
                        TOKEN)
                .untilItSays("to join:");
    }

    @AfterAll
    static void close() throws Exception {
        client.close();
        assertThat(node.terminate()).isZero();
        assertThat(plane.terminate()).isZero();
    }

    private static void untilReady() {
        client.nodes().await("w1", JoinedNodeIT::isReady, "the node to be ready", PATIENCE);
    }

    private static boolean isReady(Node node) {
        return node.status()
                .condition(NodeConditionType.READY)
                .filter(ready -> ready.status().equals(ConditionStatus.TRUE))
                .isPresent();
    }

    /** Writes a line each time it is begun, and one each second. */
    private static Pod ticking(String name) throws IOException {
        Path starts = folder.resolve(name + ".starts");
        Path ticks = folder.resolve(name + ".ticks");
        Files.createFile(starts);
        Files.createFile(ticks);
        return Pod.named(name)
                .container(
                        "main",
                        "any",
                        c -> c.command(
                                "sh",
                                "-c",
                                "echo $$ >> " + starts + "; echo begun; while true; do echo . >> " + ticks
                                        + "; sleep 0.3; done"))
                .build();
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    private static void untilItTicks(String name) throws IOException {
        int before = lines(name + ".ticks").size();
        await().atMost(PATIENCE).until(() -> lines(name + ".ticks").size() > before + 1);
    }

    @Test
    @Order(1)
    void itsPodsRunAndAreReachedThroughTheApi() {
        client.create(Pod.named("plain")
                .container("main", "any", c -> c.command("sh", "-c", "echo begun; sleep 1000"))
                .build());
        client.pods().awaitReady("plain", PATIENCE);
        assertThat(client.pods().get("plain").spec().nodeName()).isEqualTo("w1");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(client.pods().logText("plain", PATIENCE)).isEqualTo("begun\n"));
        ExecResult said = client.pods().run("plain", PATIENCE, "sh", "-c", "echo inside; exit 3");
        assertThat(said.stdout()).isEqualTo("inside\n");
        assertThat(said.exitCode()).isEqualTo(3);
        client.pods().delete("plain");
    }

    @Test
    @Order(2)
    void anAgentThatIsKilledAdoptsItsPodsAndKeepsTheirCounts() throws Exception {
        client.create(ticking("adopted"));
        client.create(Pod.named("failing")
                .container("main", "any", c -> c.command("sh", "-c", "exit 1"))
                .build());
        client.pods().awaitReady("adopted", PATIENCE);
        await().atMost(PATIENCE).until(() -> restarts("failing") >= 2);
        int counted = restarts("failing");
        node.kill();
        untilItTicks("adopted");
        node = Launched.node(folder.resolve("w1"), "w1", "--runtime", "process", "--join", join)
                .untilItSays("has joined");
        // It is the agent's own port again, so the agent that is there now.
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client.pods().logText("adopted", PATIENCE).startsWith("begun"));
        untilItTicks("adopted");
        assertThat(lines("adopted.starts")).hasSize(1);
        assertThat(restarts("adopted")).isZero();
        assertThat(restarts("failing")).isGreaterThanOrEqualTo(counted);
        client.pods().delete("failing");
        client.pods().delete("adopted");
        client.pods().awaitGone("adopted", PATIENCE);
    }

    private static int restarts(String pod) {
        return client.pods().get(pod).status().containerStatuses().stream()
                .mapToInt(status -> status.restartCount())
                .sum();
    }

    @Test
    @Order(3)
    void podsRunOnWhileTheApiIsAwayAndAreTheSameAfterwards() throws Exception {
        client.create(ticking("lasting"));
        Pod before = client.pods().awaitReady("lasting", PATIENCE);
        plane.kill();
        untilItTicks("lasting");
        plane = startPlane();
        untilReady();
        untilItTicks("lasting");
        Pod after = client.pods().get("lasting");
        assertThat(after.metadata().uid()).isEqualTo(before.metadata().uid());
        assertThat(restarts("lasting")).isZero();
        assertThat(lines("lasting.starts")).hasSize(1);
        client.pods().delete("lasting");
        client.pods().awaitGone("lasting", PATIENCE);
    }

    @Test
    @Order(4)
    void aNodeSeesItsOwnAndNothingElse() throws Exception {
        client.create(Secret.named("private").data("k", "v").build());
        try (JoinedNode second = JoinedNode.named("w2", URI.create(join))
                .token(JoinToken.parse(TOKEN))
                .authority(new AuthorityPin(hash))
                .runtime(environment -> new SimulatedRuntime(environment).withAllImages())
                .directory(folder.resolve("w2"))
                .start()) {
            Client itself = second.client();
            client.nodes().await("w2", JoinedNodeIT::isReady, "the second node to be ready", PATIENCE);
            assertThat(refused(() -> itself.secrets().get("private"))).isEqualTo(Reason.FORBIDDEN);
            assertThat(refused(() -> itself.nodes()
                            .edit("w1", other -> other.withSpec(other.spec().withUnschedulable(true)))))
                    .isEqualTo(Reason.FORBIDDEN);
            assertThat(refused(() -> itself.pods()
                            .create(Pod.named("own")
                                    .container("main", "any", c -> c)
                                    .build())))
                    .isEqualTo(Reason.FORBIDDEN);
            assertThat(folder.resolve("w2/pki/kubelet-client-current.pem")).exists();
        }
        client.nodes().delete("w2");
    }

    @Test
    @Order(5)
    void aServerOfAnotherAuthorityIsNotJoined() {
        Throwable refused = catchThrowableOfType(
                RuntimeException.class,
                () -> JoinedNode.named("w3", URI.create(join))
                        .token(JoinToken.parse(TOKEN))
                        .authority(new AuthorityPin("sha256:" + "0".repeat(64)))
                        .directory(folder.resolve("w3"))
                        .start()
                        .close());
        assertThat(refused).hasMessageContaining("is not the one to join");
    }

    private static Reason refused(Runnable request) {
        return catchThrowableOfType(ApiException.class, request::run).reason();
    }
}
