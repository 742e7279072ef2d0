package io.orchestrator.samples.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.api.client.ExecResult;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.apiserver.node.NodeServer;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.testkit.store.LastingStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two control planes on one store: the node is the first one's, and the second is asked. What it does goes by the node's port. */
class RemotePodStreamsIT extends PodStreamsContract {
    private static final Set<String> VERSIONS = Set.of("any", "1.27", "1.30", "1.32");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final MemoryStore store = new MemoryStore(threads);
    private final Cluster first =
            plane().nodes(1).nodeServer(NodeServer.onPort(0)).start();
    private final Cluster second = plane().nodes(0).start();

    private ClusterBuilder plane() {
        return Cluster.builder()
                .named("streams")
                .store(new LastingStore(store))
                .leaderElection()
                .podGrace(Duration.ofSeconds(1))
                .apiServer(ApiServer.onPort(0));
    }

    @Override
    Cluster cluster() {
        return second;
    }

    @Override
    void closeClusters() {
        second.close();
        first.close();
        store.close();
        threads.shutdownNow();
    }

    /** The oldest speaks SPDY, the newest WebSockets. */
    @Override
    Stream<KubectlProgram> kubectls() throws IOException {
        return super.kubectls().filter(kubectl -> VERSIONS.contains(kubectl.version()));
    }

    @Test
    void logsAreReadAndFollowedThroughTheNodesPort() throws Exception {
        KubectlProgram.Bound kubectl = newest();
        said("tick\ntick\n", "logs", "box", "--tail=2");
        assertThat(kubectl.run("", "logs", "box", "--limit-bytes=3").output()).isEqualTo("tic");
        said("\\d{4}-\\d\\d-\\d\\dT.*Z tick\n", "logs", "box", "--timestamps", "--tail=1");
        try (KubectlProgram.Running followed = kubectl.start("logs", "-f", "--tail=1", "box")) {
            followed.untilItSays("tick\ntick\ntick\n");
        }
        assertThat(kubectl.run("", "logs", "box", "--previous").errors())
                .contains("previous terminated container \"main\" in pod \"box\" not found");
    }

    @Test
    void theNodesOwnPagesAreSeenThroughTheApiServer() throws Exception {
        KubectlProgram.Bound kubectl = newest();
        String node = "/api/v1/nodes/node-1/proxy";
        assertThat(kubectl.run("", "get", "--raw", node + "/healthz").output()).isEqualTo("ok");
        JsonNode pods =
                JSON.readTree(kubectl.run("", "get", "--raw", node + "/pods").output());
        assertThat(pods.path("items").path(0).path("metadata").path("name").asText())
                .isEqualTo("box");
        JsonNode summary = JSON.readTree(
                kubectl.run("", "get", "--raw", node + "/stats/summary").output());
        assertThat(summary.path("node").path("nodeName").asText()).isEqualTo("node-1");
        assertThat(JSON.readTree(kubectl.run("", "get", "--raw", node + "/configz")
                                .output())
                        .path("kubeletconfig")
                        .path("maxPods")
                        .asInt())
                .isEqualTo(110);
        said("tick\n", "get", "--raw", node + "/containerLogs/default/box/main?tailLines=1");
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(
                        () -> assertThat(kubectl.run("", "top", "pod", "box").output())
                                .contains("box"));
    }

    @Test
    void aDebuggingContainerSeesTheProcessesOfItsTarget() throws Exception {
        KubectlProgram.Ended debug = newest().run(
                        "",
                        "debug",
                        "box",
                        "--image=any",
                        "--container=dbg",
                        "--target=main",
                        "--profile=baseline",
                        "--",
                        "sh",
                        "-c",
                        "echo at $POD_IP; cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
        assertThat(debug.code()).as(debug.errors()).isZero();
        String address = second.client().pods().get("box").status().podIP();
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(
                                newest().run("", "logs", "box", "-c", "dbg").output())
                        .contains("at " + address + "\n", "while sleep 0.2"));
    }

    @Test
    void aCommandHasATerminalWhereKubectlHasOne() throws Exception {
        assertThat(newest().runInTerminal("exec", "-it", "box", "--", "tty").output())
                .contains("/dev/pts/");
    }

    @Test
    void theHostsOwnClientReachesTheNodeToo() {
        ExecResult result =
                second.client().pods().run("box", Duration.ofSeconds(60), "sh", "-c", "echo out; echo err >&2; exit 3");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
    }

    /** That kubectl says so; with one line more where the pod wrote one after its last lines were found, and then it is asked again. */
    private void said(String pattern, String... words) {
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(
                        () -> assertThat(newest().run("", words).output()).matches(pattern));
    }

    private KubectlProgram.Bound newest() throws IOException {
        return kubectls().reduce((one, other) -> other).orElseThrow().with(kubeconfig(), folder);
    }
}
