package io.orchestrator.samples.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.Exec;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.openapi.ApiClient;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.embed.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What kubectl and client-java can do with a pod that is a process, however its node is reached. What a pod serves is served by
 * this test, on the pod's address.
 */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PodStreamsContract {
    private static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private Cluster cluster;
    private Path kubeconfig;
    private ServerSocket server;
    private ExecutorService threads;

    /** The one whose API server is asked; its node is ready, or will be. */
    abstract Cluster cluster();

    abstract void closeClusters();

    Path kubeconfig() {
        return kubeconfig;
    }

    Stream<KubectlProgram> kubectls() throws IOException {
        return KubectlProgram.installed();
    }

    @BeforeAll
    void open() throws IOException {
        cluster = cluster();
        kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(
                kubeconfig, cluster.apiServer().orElseThrow().adminKubeconfig().toYaml());
        cluster.client()
                .create(Pod.named("box")
                        .container("main", "any", c -> c.command("sh", "-c", "while sleep 0.2; do echo tick; done"))
                        .build());
        String address =
                cluster.client().pods().awaitReady("box", PATIENCE).status().podIP();
        await().atMost(PATIENCE)
                .until(() -> cluster.client().pods().logText("box", PATIENCE).startsWith("tick\ntick\n"));
        server = new ServerSocket(PORT, 50, InetAddress.getByName(address));
        threads = Executors.newCachedThreadPool();
        threads.submit(this::echo);
    }

    /** Answers each connection with all that came, once it has all come. */
    private Void echo() throws IOException {
        while (true) {
            Socket socket = server.accept();
            threads.submit(() -> {
                try (socket) {
                    socket.getOutputStream().write(socket.getInputStream().readNBytes(5));
                    socket.getOutputStream().write(socket.getInputStream().readAllBytes());
                }
                return null;
            });
        }
    }

    @AfterAll
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
        closeClusters();
    }

    @ParameterizedTest
    @MethodSource("kubectls")
    void kubectlRunsCommandsAndKnowsHowTheyEnd(KubectlProgram kubectl) throws Exception {
        KubectlProgram.Ended ended = kubectl.with(kubeconfig, folder)
                .run("", "exec", "box", "--", "sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(ended.code()).as(ended.errors()).isEqualTo(7);
        assertThat(ended.output()).isEqualTo("out\n");
        assertThat(ended.errors()).startsWith("err\n").contains("exit code 7");

        KubectlProgram.Ended fed =
                kubectl.with(kubeconfig, folder).run("a\nb\nc\n", "exec", "-i", "box", "--", "wc", "-l");
        assertThat(fed.code()).as(fed.errors()).isZero();
        assertThat(fed.output().strip()).isEqualTo("3");

        KubectlProgram.Ended missing = kubectl.with(kubeconfig, folder).run("", "exec", "box", "--", "no-such-program");
        assertThat(missing.code()).isNotZero();
    }

    @ParameterizedTest
    @MethodSource("kubectls")
    void kubectlCopiesBothWays(KubectlProgram kubectl) throws Exception {
        byte[] bytes = new byte[600_000];
        new Random(1).nextBytes(bytes);
        Path from = Files.write(folder.resolve("from"), bytes);
        Path to = folder.resolve("to");
        String inside = folder.resolve("inside-" + kubectl.version()).toString();
        assertThat(kubectl.with(kubeconfig, folder)
                        .run("", "cp", from.toString(), "box:" + inside)
                        .code())
                .isZero();
        assertThat(kubectl.with(kubeconfig, folder)
                        .run("", "cp", "box:" + inside, to.toString())
                        .code())
                .isZero();
        assertThat(to).hasBinaryContent(bytes);
    }

    @ParameterizedTest
    @MethodSource("kubectls")
    void kubectlAttachesAndForwardsPorts(KubectlProgram kubectl) throws Exception {
        try (KubectlProgram.Running attached = kubectl.with(kubeconfig, folder).start("attach", "box")) {
            attached.untilItSays("tick\ntick\n");
        }
        try (KubectlProgram.Running forward =
                kubectl.with(kubeconfig, folder).start("port-forward", "pod/box", ":" + PORT)) {
            String said = forward.untilItSays("-> " + PORT);
            int port = Integer.parseInt(said.replaceAll("(?s).*127\\.0\\.0\\.1:(\\d+) .*", "$1"));
            for (int i = 0; i < 3; i++) {
                assertThat(conversation(port, new byte[5])).isEqualTo(new byte[5]);
            }
            byte[] much = new byte[2_000_000];
            new Random(2).nextBytes(much);
            assertThat(conversation(port, much)).isEqualTo(much);
        }
    }

    private byte[] conversation(int port, byte[] said) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            threads.submit(() -> {
                socket.getOutputStream().write(said);
                socket.shutdownOutput();
                return null;
            });
            return socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void clientJavaRunsCommandsAndForwardsPorts() throws Exception {
        ApiClient client = io.kubernetes.client.util.Config.fromConfig(kubeconfig.toString());
        Process process = new Exec(client).exec("default", "box", new String[] {"sh", "-c", "echo out; exit 5"}, false);
        try (InputStream out = process.getInputStream()) {
            assertThat(out.readAllBytes()).asString().isEqualTo("out\n");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(5);
        } finally {
            process.destroy();
        }
        PortForward.PortForwardResult forward =
                new PortForward(client).forward("default", "box", java.util.List.of(PORT));
        forward.getOutboundStream(PORT).write("hello".getBytes(StandardCharsets.US_ASCII));
        forward.getOutboundStream(PORT).flush();
        assertThat(forward.getInputStream(PORT).readNBytes(5)).asString().isEqualTo("hello");
        client.getHttpClient().dispatcher().executorService().shutdown();
        client.getHttpClient().connectionPool().evictAll();
    }
}
