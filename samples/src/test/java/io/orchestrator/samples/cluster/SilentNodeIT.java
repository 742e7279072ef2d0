package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.ConditionStatus;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Affinity;
import io.orchestrator.api.model.core.AffinityBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeAffinityBuilder;
import io.orchestrator.api.model.core.NodeConditionType;
import io.orchestrator.api.model.core.NodeSelectorBuilder;
import io.orchestrator.api.model.core.NodeSelectorRequirement;
import io.orchestrator.api.model.core.NodeSelectorTermBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TolerationBuilder;
import io.orchestrator.testkit.junit.RequiresDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, one of processes and one of containers, fall silent while their pods run on, and return when those were replaced. */
@RequiresDocker
@Timeout(300)
class SilentNodeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** A lease is renewed every 10 seconds: a busy machine must not make a node silent that is not. */
    private static final String GRACE = "20s";

    private static final String TOKEN = "abcdef.0123456789abcdef";
    private static final String IMAGE = "busybox:1.36";
    private static final String HOME = "node-1";

    @TempDir
    Path folder;

    private final List<Launched> launched = new ArrayList<>();
    // nobody else on this machine sleeps for so long
    private final String marker =
            Long.toString(7_200_000L + ProcessHandle.current().pid());

    @AfterEach
    void close() throws Exception {
        try {
            Launched.endAll(launched);
        } finally {
            PodProcesses.end(folder);
        }
    }

    @Test
    void aNodeThatReturnsEndsThePodsThatWereReplacedAndNothingRunsTwice() throws Exception {
        Launched plane = kept(Launched.up(
                folder.resolve("plane"),
                "--runtime",
                "process",
                "--nodes",
                "3",
                "--node-monitor-grace-period",
                GRACE,
                "--join-token",
                TOKEN));
        String said = plane.untilItSays("to join:").output();
        try (Client client = Client.fromKubeconfig(plane.kubeconfig())) {
            Launched processes = join("processes", "process", said);
            Launched containers = join("containers", "docker", said);
            List<String> nodes = List.of("processes", "containers");
            for (String node : nodes) {
                client.nodes().await(node, SilentNodeIT::isReady, "the node to be ready", PATIENCE);
            }
            schedulable(client, false);
            for (String node : nodes) {
                client.apply(deployment(node));
                client.deployments().awaitAvailable(node, PATIENCE);
            }
            String lost = podsOf(client, "containers").get(0).metadata().uid();
            assertThat(containersOf(lost)).isNotEmpty();

            processes.freeze();
            containers.freeze();
            schedulable(client, true);
            for (String node : nodes) {
                await().atMost(PATIENCE)
                        .until(() -> podsOf(client, node).stream()
                                .anyMatch(pod -> pod.spec().nodeName().equals(HOME) && pod.isReady()));
            }
            assertThat(containersOf(lost)).as("what a silent node has runs on").isNotEmpty();

            processes.goOn();
            containers.goOn();
            for (String node : nodes) {
                client.nodes().await(node, SilentNodeIT::isReady, "the node to be back", PATIENCE);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(podsOf(client, node))
                                .singleElement()
                                .satisfies(
                                        pod -> assertThat(pod.spec().nodeName()).isEqualTo(HOME)));
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(containersOf(lost)).isEmpty();
                assertThat(sleepers()).isEqualTo(nodes.size());
            });
        }
    }

    private Launched kept(Launched started) {
        launched.add(started);
        return started;
    }

    private Launched join(String name, String runtime, String said) throws IOException {
        Launched node = Launched.node(
                folder.resolve(name),
                name,
                "--runtime",
                runtime,
                "--join",
                said.replaceAll("(?s).*--join (https://[^ ]+).*", "$1"),
                "--token",
                TOKEN,
                "--ca-cert-hash",
                said.replaceAll("(?s).*--ca-cert-hash (sha256:[0-9a-f]{64}).*", "$1"));
        // before the plane, so that it is there when the node ends
        launched.add(0, node);
        return node.untilItSays("has joined");
    }

    private static void schedulable(Client client, boolean yes) {
        client.nodes().edit(HOME, node -> node.withSpec(node.spec().withUnschedulable(!yes)));
    }

    /** Of one pod, on the node of this name, or else at home. */
    private Deployment deployment(String node) {
        return Deployment.named(node)
                .replicas(1)
                .container("main", IMAGE, c -> c.command("sleep", marker))
                .podSpec(spec -> spec.terminationGracePeriodSeconds(1L)
                        .tolerations(List.of(
                                tolerated("node.kubernetes.io/unreachable"), tolerated("node.kubernetes.io/not-ready")))
                        .affinity(on(node, HOME)))
                .build();
    }

    private static Toleration tolerated(String taint) {
        return TolerationBuilder.builder()
                .key(taint)
                .operator("Exists")
                .effect("NoExecute")
                .tolerationSeconds(1L)
                .build();
    }

    private static Affinity on(String... nodes) {
        return AffinityBuilder.builder()
                .nodeAffinity(NodeAffinityBuilder.builder()
                        .requiredDuringSchedulingIgnoredDuringExecution(NodeSelectorBuilder.builder()
                                .nodeSelectorTerms(List.of(NodeSelectorTermBuilder.builder()
                                        .matchExpressions(List.of(new NodeSelectorRequirement(
                                                "kubernetes.io/hostname", "In", List.of(nodes))))
                                        .build()))
                                .build())
                        .build())
                .build();
    }

    private static boolean isReady(Node node) {
        return node.status()
                .condition(NodeConditionType.READY)
                .filter(ready -> ready.status().equals(ConditionStatus.TRUE))
                .isPresent();
    }

    private static List<Pod> podsOf(Client client, String deployment) {
        return client.pods().list().items().stream()
                .filter(pod -> pod.metadata().name().startsWith(deployment + "-"))
                .toList();
    }

    private static List<String> containersOf(String podUid) throws IOException, InterruptedException {
        Process docker = new ProcessBuilder(
                        "docker", "ps", "-aq", "--filter", "label=io.orchestrator.pod.uid=" + podUid)
                .redirectErrorStream(true)
                .start();
        String said = new String(docker.getInputStream().readAllBytes()).strip();
        assertThat(docker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && docker.exitValue() == 0)
                .as(said)
                .isTrue();
        return said.lines().toList();
    }

    private long sleepers() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.resolve("cmdline"))
                    .filter(Files::isReadable)
                    .map(SilentNodeIT::read)
                    .flatMap(Optional::stream)
                    .filter(line -> line.equals("sleep\0" + marker + "\0"))
                    .count();
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            // It has ended since the folder was listed.
            return Optional.empty();
        }
    }
}
