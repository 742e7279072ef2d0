package io.orchestrator.samples.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.PodClient;
import io.orchestrator.api.client.PortForward;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.spi.runtime.ExecSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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

/** Our own client's streams into a pod that is a process of this machine. */
@Timeout(240)
class OwnClientStreamsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORT = 8082;

    private static Cluster cluster;
    private static PodClient pods;
    private static String address;
    private static ExecutorService threads;

    @BeforeAll
    static void open() {
        threads = Executors.newCachedThreadPool();
        cluster = Cluster.builder()
                .named("own-streams")
                .podGrace(Duration.ofSeconds(1))
                .start();
        pods = cluster.client().pods();
        cluster.client()
                .create(Pod.named("box")
                        .container(
                                "main",
                                "any",
                                c -> c.command("sh", "-c", "while read word; do echo got $word; done")
                                        .spec(more -> more.stdin(true)))
                        .build());
        address = pods.awaitReady("box", PATIENCE).status().podIP();
    }

    @AfterAll
    static void close() {
        cluster.close();
        threads.shutdownNow();
    }

    @Test
    void whatIsSaidToAContainerReachesItsMainProcess() throws Exception {
        try (ExecSession session =
                pods.attach("box", "", true).toCompletableFuture().get(60, TimeUnit.SECONDS)) {
            session.stdin().write("this\n".getBytes(StandardCharsets.UTF_8));
            session.stdin().flush();
            BufferedReader said = new BufferedReader(new InputStreamReader(session.stdout(), StandardCharsets.UTF_8));
            assertThat(said.readLine()).isEqualTo("got this");
        }
    }

    @Test
    void aPortOfThePodIsOneOfThisMachineUntilItIsClosed() throws Exception {
        int local;
        try (ServerSocket server = new ServerSocket(PORT, 5, InetAddress.getByName(address));
                PortForward forward = pods.forward("box", PORT, 0, threads)) {
            local = forward.localPort();
            for (int i = 0; i < 3; i++) {
                assertThat(echoed(server, local)).isEqualTo("hello");
            }
            assertThat(forward.lastFailure()).isEmpty();
        }
        await().atMost(PATIENCE).until(() -> refuses(local));
    }

    @Test
    void aPortWhereNobodyListensSaysSoAndTheForwardGoesOn() throws Exception {
        try (PortForward forward = pods.forward("box", PORT + 1, 0, threads)) {
            try (Socket socket = connect(forward.localPort())) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(forward.lastFailure()).get().isInstanceOf(ApiException.class));
            try (ServerSocket server = new ServerSocket(PORT + 1, 5, InetAddress.getByName(address))) {
                assertThat(echoed(server, forward.localPort())).isEqualTo("hello");
            }
        }
    }

    /** Says hello and no more, and hears what the other side makes of it. */
    private static String echoed(ServerSocket server, int local) throws Exception {
        Future<?> served = threads.submit(() -> {
            try (Socket far = server.accept()) {
                far.getOutputStream().write(far.getInputStream().readAllBytes());
            }
            return null;
        });
        try (Socket socket = connect(local)) {
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String heard = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            served.get(60, TimeUnit.SECONDS);
            return heard;
        }
    }

    private static Socket connect(int local) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), local);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static boolean refuses(int local) {
        try (Socket socket = connect(local)) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
