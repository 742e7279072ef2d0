package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.testkit.junit.RequiresDocker;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kubectl does with a pod in containers whose node is a process of its own: all of it goes through the API server. */
@RequiresDocker
@Timeout(300)
class JoinedDockerNodeIT {
    private static final String TOKEN = "abcdef.0123456789abcdef";
    private static final String IMAGE = "busybox:1.36";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Of what runs a program for each try. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private static final int SOCKET_MILLIS = 30_000;

    @TempDir
    static Path folder;

    private static Launched plane;
    private static Launched node;
    private static Kubectl kubectl;

    @BeforeAll
    static void open() throws Exception {
        plane = Launched.controlPlane(
                        folder.resolve("plane"), "--store", "dir:" + folder.resolve("store"), "--join-token", TOKEN)
                .untilItSays("to join:");
        String said = plane.output();
        String[] join = {
            "--runtime",
            "docker",
            "--join",
            said.replaceAll("(?s).*--join (https://\\S+).*", "$1"),
            "--token",
            TOKEN,
            "--ca-cert-hash",
            said.replaceAll("(?s).*--ca-cert-hash (sha256:[0-9a-f]{64}).*", "$1")
        };
        node = Launched.node(folder.resolve("d1"), "d1", join).untilItSays("has joined");
        kubectl = plane.kubectl(folder);
        kubectl.run(
                "run",
                "box",
                "--image=" + IMAGE,
                "--command",
                "--",
                "sh",
                "-c",
                "echo served > /tmp/page; httpd -p 8080 -h /tmp; trap 'exit 0' TERM; while sleep 0.2; do echo tick;"
                        + " done");
        kubectl.run("wait", "--for=condition=Ready", "pod/box", "--timeout=150s");
        assertThat(kubectl.run("get", "pod", "box", "-o", "wide")).contains(" d1 ");
    }

    @AfterAll
    static void close() throws Exception {
        try {
            if (node != null) {
                assertThat(node.terminate()).isZero();
            }
        } finally {
            if (plane != null) {
                assertThat(plane.terminate()).isZero();
            }
        }
    }

    @Test
    void logsAreReadAndFollowed() throws Exception {
        try (Kubectl.Running followed = kubectl.start("logs", "-f", "--tail=1", "box")) {
            followed.untilItSays("tick\ntick\n");
        }
        // A line that is written after the last two were found comes too.
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .untilAsserted(
                        () -> assertThat(kubectl.run("logs", "box", "--tail=2")).isEqualTo("tick\ntick\n"));
    }

    /** Newer ones speak WebSockets, older ones SPDY. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void commandsRunWithAndWithoutATerminal(String webSockets) throws Exception {
        List<String> how = List.of("env", "KUBECTL_REMOTE_COMMAND_WEBSOCKETS=" + webSockets);
        Kubectl.Result ended =
                plane.kubectl(folder).within(how).result("exec", "box", "--", "sh", "-c", "echo in; exit 7");
        assertThat(ended.code()).isEqualTo(7);
        assertThat(ended.output()).startsWith("in\n");
        Kubectl terminal = plane.kubectl(folder)
                .within(List.of("env", how.get(1), "sh", "-c", "exec script -qec \"$*\" /dev/null", "sh"));
        assertThat(terminal.run("exec", "-it", "box", "--", "tty")).contains("/dev/pts/");
        try (Kubectl.Running attached = plane.kubectl(folder).within(how).start("attach", "box")) {
            attached.untilItSays("tick\ntick\n");
        }
    }

    @Test
    void filesAreCopiedBothWays() throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        Path from = Files.write(folder.resolve("from"), bytes);
        Path to = folder.resolve("to");
        kubectl.run("cp", from.toString(), "box:/tmp/copy");
        kubectl.run("cp", "box:/tmp/copy", to.toString());
        assertThat(to).hasBinaryContent(bytes);
    }

    @Test
    void itsPortIsForwarded() throws Exception {
        try (Kubectl.Running forward = kubectl.start("port-forward", "pod/box", ":8080")) {
            String said = forward.untilItSays("-> 8080");
            int port = Integer.parseInt(said.replaceAll("(?s).*127\\.0\\.0\\.1:(\\d+) .*", "$1"));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(SOCKET_MILLIS);
                socket.getOutputStream().write("GET /page HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .contains("200 OK")
                        .endsWith("served\n");
            }
        }
    }

    @Test
    void aDebuggingContainerSeesTheProcessesOfItsTarget() throws Exception {
        kubectl.run("debug", "box", "--image=" + IMAGE, "-c", "dbg", "--target=box", "--profile=general", "--", "ps");
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .untilAsserted(() -> assertThat(
                                kubectl.result("logs", "box", "-c", "dbg").output())
                        .contains("httpd -p 8080"));
    }

    @Test
    void whatItUsesIsTold() {
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .untilAsserted(() ->
                        assertThat(kubectl.result("top", "pod", "box").output()).containsPattern("box +\\d+m +\\d+Mi"));
    }
}
