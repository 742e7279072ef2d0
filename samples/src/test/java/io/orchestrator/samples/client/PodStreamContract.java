package io.orchestrator.samples.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.PodClient;
import io.orchestrator.api.client.PortForward;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What every client does with the streams of a pod, here a process of this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodStreamContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORT = 8085;

    private Cluster cluster;
    private Client client;
    private PodClient pods;
    private String address;
    private ExecutorService threads;

    protected abstract Client connect(Cluster cluster) throws Exception;

    @BeforeAll
    void open() throws Exception {
        threads = Executors.newCachedThreadPool();
        cluster = Cluster.builder()
                .named("stream-contract")
                .podGrace(Duration.ofSeconds(1))
                .apiServer(ApiServer.onPort(0))
                .start();
        client = connect(cluster);
        pods = client.pods();
        client.create(Pod.named("box")
                .container(
                        "main",
                        "any",
                        c -> c.command("sh", "-c", "echo begun; while read word; do echo got $word; done")
                                .spec(more -> more.stdin(true)))
                .build());
        address = pods.awaitReady("box", PATIENCE).status().podIP();
    }

    @AfterAll
    void close() {
        client.close();
        cluster.close();
        threads.shutdownNow();
    }

    private static <T> T now(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static ApiException refused(CompletionStage<?> stage) {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, () -> now(stage));
        assertThat(failure.getCause()).isInstanceOf(ApiException.class);
        return (ApiException) failure.getCause();
    }

    @Test
    void aLogIsReadAndFollowed() throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(pods.logText("box", PATIENCE)).startsWith("begun\n"));
        LogQuery follow = new LogQuery(true, false, 1, null, 0);
        try (LogStream log = now(pods.logs("box", "main", follow))) {
            assertThat(log.read()).isNotEmpty();
            Future<?> closed = threads.submit(() -> {
                log.close();
            });
            byte[] piece = log.read();
            while (piece != null) {
                piece = log.read();
            }
            closed.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aLogThatIsNotThereSaysWhy() {
        assertThat(refused(pods.logs("nobody", "", LogQuery.all())).isNotFound())
                .isTrue();
        ApiException wrong = refused(pods.logs("box", "other", LogQuery.all()));
        assertThat(wrong.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(wrong).hasMessage("container other is not valid for pod box");
    }

    @Test
    void aCommandSaysWhatItSaysAndEndsWithItsCode() throws Exception {
        ExecSpec spec = ExecSpec.of("sh", "-c", "echo out; echo err >&2; exit 7");
        try (ExecSession session = now(pods.exec("box", "", spec))) {
            assertThat(new String(session.stdout().readAllBytes(), UTF_8)).isEqualTo("out\n");
            assertThat(new String(session.stderr().readAllBytes(), UTF_8)).isEqualTo("err\n");
            assertThat(now(session.exitCode())).isEqualTo(7);
        }
    }

    @Test
    void aCommandReadsWhatItIsToldToTheEnd() throws Exception {
        ExecSpec spec = new ExecSpec(List.of("sh", "-c", "wc -c"), true, false);
        byte[] much = new byte[3_000_000];
        try (ExecSession session = now(pods.exec("box", "", spec))) {
            session.stdin().write(much);
            session.stdin().close();
            assertThat(new String(session.stdout().readAllBytes(), UTF_8).strip())
                    .isEqualTo("3000000");
            assertThat(now(session.exitCode())).isZero();
        }
    }

    @Test
    void muchOutputComesWhole() throws Exception {
        ExecSpec spec = ExecSpec.of("head", "-c", "5000000", "/dev/zero");
        try (ExecSession session = now(pods.exec("box", "", spec))) {
            assertThat(session.stdout().readAllBytes()).hasSize(5_000_000);
            assertThat(now(session.exitCode())).isZero();
        }
    }

    @Test
    void aCommandNowhereIsRefusedForThat() {
        assertThat(refused(pods.exec("nobody", "", ExecSpec.of("true"))).isNotFound())
                .isTrue();
        assertThat(refused(pods.exec("box", "other", ExecSpec.of("true"))).reason())
                .isEqualTo(Reason.BAD_REQUEST);
    }

    @Test
    void whoAttachesSpeaksToTheMainProcess() throws Exception {
        try (ExecSession session = now(pods.attach("box", "", true))) {
            session.stdin().write("this\n".getBytes(UTF_8));
            session.stdin().flush();
            BufferedReader said = new BufferedReader(new InputStreamReader(session.stdout(), UTF_8));
            assertThat(said.readLine()).isEqualTo("got this");
        }
    }

    @Test
    void aPortIsForwardedBothWaysAndItsEndIsPassedOn() throws Exception {
        try (ServerSocket server = new ServerSocket(PORT, 5, InetAddress.getByName(address));
                PortForward forward = pods.forward("box", PORT, 0, threads)) {
            for (int i = 0; i < 3; i++) {
                Future<?> served = threads.submit(() -> {
                    try (Socket far = server.accept()) {
                        far.getOutputStream().write(far.getInputStream().readAllBytes());
                    }
                    return null;
                });
                try (Socket near = new Socket(InetAddress.getLoopbackAddress(), forward.localPort())) {
                    near.setSoTimeout((int) PATIENCE.toMillis());
                    near.getOutputStream().write("hello".getBytes(UTF_8));
                    near.shutdownOutput();
                    assertThat(new String(near.getInputStream().readAllBytes(), UTF_8))
                            .isEqualTo("hello");
                }
                served.get(60, TimeUnit.SECONDS);
            }
            assertThat(forward.lastFailure()).isEmpty();
        }
    }
}
