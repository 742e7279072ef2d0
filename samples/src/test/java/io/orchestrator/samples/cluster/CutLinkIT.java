package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.testkit.junit.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A control plane and a node in network namespaces of their own, as if on two machines, and the cable between them. Skipped where
 * there is no {@code ip}, or no namespace to be had.
 */
@RequiresRoot
@Timeout(240)
class CutLinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    /** Of what runs a program for each try. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private static final String TOKEN = "abcdef.0123456789abcdef";

    @TempDir
    Path folder;

    private final String suffix = Long.toString(ProcessHandle.current().pid(), 36);
    private final String planeSide = "op" + suffix;
    private final String nodeSide = "on" + suffix;
    private final List<Launched> launched = new ArrayList<>();
    private boolean made;

    @BeforeEach
    void lay() throws Exception {
        made = ip("netns", "add", planeSide) && ip("netns", "add", nodeSide);
        assumeThat(made)
                .as("network namespaces are to be had, and the ip command")
                .isTrue();
        boolean laid = ip("link", "add", planeSide, "type", "veth", "peer", "name", nodeSide)
                && ip("link", "set", planeSide, "netns", planeSide)
                && ip("link", "set", nodeSide, "netns", nodeSide)
                && ip("-n", planeSide, "addr", "add", "10.213.7.1/24", "dev", planeSide)
                && ip("-n", nodeSide, "addr", "add", "10.213.7.2/24", "dev", nodeSide);
        for (String side : List.of(planeSide, nodeSide)) {
            laid = laid && ip("-n", side, "link", "set", "lo", "up") && ip("-n", side, "link", "set", side, "up");
        }
        assumeThat(laid).as("a cable between two network namespaces").isTrue();
    }

    @AfterEach
    void clear() throws Exception {
        for (Launched each : launched) {
            each.close();
        }
        ip("netns", "del", nodeSide);
        ip("netns", "del", planeSide);
    }

    private static boolean ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
    }

    private static List<String> within(String side) {
        return List.of("ip", "netns", "exec", side);
    }

    private Launched kept(Launched started) {
        launched.add(started);
        return started;
    }

    @Test
    void podsRunOnBehindACutLinkAndAreTheSameWhenItIsMended() throws Exception {
        Launched plane = kept(Launched.controlPlane(
                        within(planeSide),
                        folder.resolve("plane"),
                        "--store",
                        "dir:" + folder.resolve("store"),
                        "--address",
                        "10.213.7.1",
                        "--node-monitor-grace-period",
                        "15s",
                        "--join-token",
                        TOKEN))
                .untilItSays("to join:");
        String said = plane.output();
        String server = said.replaceAll("(?s).*--join (https://[^ ]+).*", "$1");
        String hash = said.replaceAll("(?s).*--ca-cert-hash (sha256:[0-9a-f]{64}).*", "$1");
        Launched node = kept(Launched.node(
                        within(nodeSide),
                        folder.resolve("far"),
                        "far",
                        "--runtime",
                        "process",
                        "--join",
                        server,
                        "--token",
                        TOKEN,
                        "--ca-cert-hash",
                        hash))
                .untilItSays("has joined");
        Kubectl kubectl = plane.kubectl(folder).within(within(planeSide));
        untilNodeIs(kubectl, "True");
        Path starts = Files.createFile(folder.resolve("starts"));
        kubectl.run(
                "run",
                "box",
                "--image=any",
                "--restart=Always",
                "--command",
                "--",
                "sh",
                "-c",
                "echo begun; echo x >> " + starts + "; sleep 1000");
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .until(() -> kubectl.run("get", "pod", "box", "-o", "jsonpath={.status.phase}")
                        .equals("Running"));
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .untilAsserted(() -> assertThat(kubectl.run("logs", "box")).contains("begun"));
        String before = kubectl.run("get", "pod", "box", "-o", "jsonpath={.metadata.uid} {..containerID}");

        assertThat(ip("-n", planeSide, "link", "set", planeSide, "down")).isTrue();
        untilNodeIs(kubectl, "Unknown");
        assertThat(Files.readAllLines(starts)).hasSize(1);

        assertThat(ip("-n", planeSide, "link", "set", planeSide, "up")).isTrue();
        untilNodeIs(kubectl, "True");
        assertThat(kubectl.run("get", "pod", "box", "-o", "jsonpath={.metadata.uid} {..containerID}"))
                .isEqualTo(before);
        assertThat(Files.readAllLines(starts)).hasSize(1);
        assertThat(node.terminate()).isZero();
    }

    private void untilNodeIs(Kubectl kubectl, String ready) {
        await().atMost(PATIENCE)
                .pollInterval(BETWEEN_TRIES)
                .untilAsserted(() -> assertThat(kubectl.run(
                                "get",
                                "node",
                                "far",
                                "-o",
                                "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}"))
                        .isEqualTo(ready));
    }
}
