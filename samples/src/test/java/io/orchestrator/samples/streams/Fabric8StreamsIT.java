package io.orchestrator.samples.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fabric8 client against a pod that is a process of this machine. */
@Timeout(240)
class Fabric8StreamsIT {
    private static final int PORT = 8081;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Cluster cluster;
    private static KubernetesClient client;
    private static String address;

    @BeforeAll
    static void open() {
        cluster = Cluster.builder()
                .named("fabric8-streams")
                .podGrace(Duration.ofSeconds(1))
                .apiServer(ApiServer.onPort(0))
                .start();
        cluster.client()
                .create(Pod.named("box")
                        .container("main", "any", c -> c.command("sh", "-c", "while sleep 0.2; do echo tick; done"))
                        .build());
        address = cluster.client().pods().awaitReady("box", PATIENCE).status().podIP();
        Config config = Config.fromKubeconfig(
                cluster.apiServer().orElseThrow().adminKubeconfig().toYaml());
        config.setClientKeyAlgo("EC");
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterAll
    static void close() {
        client.close();
        cluster.close();
    }

    @Test
    void aCommandHasItsOutputAndItsExitCode() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch exec = client.pods()
                .inNamespace("default")
                .withName("box")
                .writingOutput(out)
                .exec("sh", "-c", "echo out; exit 3")) {
            assertThat(exec.exitCode().get(60, TimeUnit.SECONDS)).isEqualTo(3);
            // What it says and how it ends are heard of by different threads.
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("out\n"));
        }
    }

    @Test
    void aPortIsForwarded() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (ServerSocket server = new ServerSocket(PORT, 5, InetAddress.getByName(address));
                LocalPortForward forward =
                        client.pods().inNamespace("default").withName("box").portForward(PORT);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
            Future<?> served = threads.submit(() -> {
                try (Socket pod = server.accept()) {
                    pod.getOutputStream().write(pod.getInputStream().readNBytes(5));
                }
                return null;
            });
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
            served.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }
}
