package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.EmptyDirVolumeSourceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.core.agent.AgentConfig.Timing;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.runtime.docker.DockerRuntime;
import io.orchestrator.testkit.junit.RequiresDocker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * What goes wrong with engines, images, probes and disks ends as it should, with nothing doubled and nothing left. The engine
 * is the test's own. {@code -Dorchestrator.faults.cycles=1000} is the nightly form of the counts.
 */
@RequiresDocker
@Timeout(300)
class EngineFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String IMAGE = "busybox:1.36";
    private static final int CYCLES = Integer.getInteger("orchestrator.faults.cycles", 8);
    /** After so many of them, a run of the night says how it stands. */
    private static final int REPORTED = 100;

    private static final int AT_A_TIME = CYCLES < REPORTED ? 4 : 10;
    private static final int REPLICAS = 6;
    /** Threads and descriptors come and go with pools and connections; what leaks grows with the cycles. */
    private static final long SLACK = 12;

    private static final String POD_OF = "{{.Label \"io.orchestrator.pod.name\"}}";

    private static OwnEngine engine;
    private static Cluster cluster;
    private static Client client;

    @BeforeAll
    static void open() throws Exception {
        engine = OwnEngine.start(IMAGE);
        cluster = Cluster.builder()
                .named("faults")
                .runtime(DockerRuntime.at(engine.host()))
                .nodes(1)
                .agents(config -> config.withTiming(lookingOften()))
                .podGrace(Duration.ofSeconds(1))
                .start();
        client = cluster.client();
        cluster.awaitNodes(PATIENCE);
    }

    /** What is judged by a look at the disk is not waited for here. */
    private static Timing lookingOften() {
        Timing usual = Timing.standard();
        return new Timing(
                usual.leaseRenewal(),
                usual.leaseDuration(),
                usual.statusRenewal(),
                usual.callDeadline(),
                usual.pullDeadline(),
                usual.relist(),
                usual.volumeRefresh(),
                Duration.ofSeconds(2),
                usual.imageLook());
    }

    @AfterAll
    static void close() throws Exception {
        try {
            if (cluster != null) {
                cluster.close();
            }
        } finally {
            if (engine != null) {
                engine.close();
            }
        }
    }

    private static String[] waits() {
        return new String[] {"sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait"};
    }

    @Test
    void aDaemonThatIsRestartedUnderLoadHasEveryPodAgainAndNoneTwice() throws Exception {
        client.apply(Deployment.named("load")
                .replicas(REPLICAS / 2)
                .container("main", IMAGE, c -> c.command(waits()))
                .build());
        client.deployments().awaitAvailable("load", PATIENCE);
        client.deployments().scale("load", REPLICAS);
        engine.restart();
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Pod> pods = podsOf("load");
            assertThat(pods).hasSize(REPLICAS).allMatch(Pod::isReady);
            List<String> names = pods.stream().map(pod -> pod.metadata().name()).toList();
            assertThat(podsOfRunning("container", "load-")).containsExactlyInAnyOrderElementsOf(names);
            assertThat(podsOfRunning("sandbox", "load-")).containsExactlyInAnyOrderElementsOf(names);
        });
        client.deployments().delete("load");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(podsOf("load")).isEmpty());
    }

    @Test
    void aKilledContainerRunsAgain() throws Exception {
        client.create(Pod.named("victim")
                .container("main", IMAGE, c -> c.command(waits()))
                .build());
        client.pods().awaitReady("victim", PATIENCE);
        String id = status(client.pods().get("victim")).containerID();
        String label = "label=io.orchestrator.id=" + id.substring("docker://".length());
        engine.docker("kill", engine.docker("ps", "-q", "--filter", label));
        Pod again = client.pods()
                .await(
                        "victim",
                        pod -> pod.isReady() && status(pod).restartCount() == 1,
                        "the container to run again",
                        PATIENCE);
        assertThat(status(again).lastState().terminated())
                .satisfies(end -> assertThat(end.exitCode()).isEqualTo(137));
        client.pods().delete("victim");
    }

    @Test
    void aProbeThatHangsAndAnImageThatNeverComesHoldUpNobodyElse() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String never = "127.0.0.1:" + silent.getLocalPort() + "/never:1";
            client.create(Pod.named("waits").container("main", never).build());
            client.create(Pod.named("hangs")
                    .container(
                            "main",
                            IMAGE,
                            c -> c.command(waits())
                                    .readinessProbe(
                                            probe -> probe.exec("sleep", "3600").timeout(Duration.ofSeconds(1))))
                    .build());
            client.pods().await("hangs", pod -> pod.status().phase().equals(PodPhase.RUNNING), "it to run", PATIENCE);
            client.create(Pod.named("swift")
                    .container("main", IMAGE, c -> c.command(waits()))
                    .build());
            client.pods().awaitReady("swift", PATIENCE);
            assertThat(client.pods().get("hangs").isReady()).isFalse();
            assertThat(client.pods().get("waits").status().phase()).isEqualTo(PodPhase.PENDING);
            for (String name : List.of("waits", "hangs", "swift")) {
                client.pods().delete(name);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Stream.of("waits", "hangs", "swift")
                                    .filter(name -> client.pods().find(name).isPresent()))
                            .isEmpty());
        }
    }

    @Test
    void aPodThatFillsItsEmptyDirIsEvicted() {
        client.create(Pod.named("greedy")
                .container(
                        "main",
                        IMAGE,
                        c -> c.command("sh", "-c", "dd if=/dev/zero of=/scratch/file bs=1M count=4; sleep 3600")
                                .mount("scratch", "/scratch"))
                .podSpec(spec -> spec.volumes(List.of(VolumeBuilder.builder()
                        .name("scratch")
                        .emptyDir(EmptyDirVolumeSourceBuilder.builder()
                                .sizeLimit(Quantity.parse("1Mi"))
                                .build())
                        .build())))
                .build());
        Pod evicted = client.pods()
                .await("greedy", pod -> pod.status().phase().equals(PodPhase.FAILED), "it to fail", PATIENCE);
        assertThat(evicted.status().reason()).isEqualTo("Evicted");
        client.pods().delete("greedy");
    }

    @Test
    void aPodThatFillsItsOwnFilesIsEvicted() {
        client.create(Pod.named("writer")
                .container(
                        "main",
                        IMAGE,
                        c -> c.command("sh", "-c", "dd if=/dev/zero of=/file bs=1M count=4; sleep 3600")
                                .limit("ephemeral-storage", "1Mi"))
                .gracePeriod(Duration.ofSeconds(1))
                .build());
        Pod evicted = client.pods()
                .await("writer", pod -> pod.status().phase().equals(PodPhase.FAILED), "it to fail", PATIENCE);
        assertThat(evicted.status().reason()).isEqualTo("Evicted");
        assertThat(evicted.status().message())
                .isEqualTo("Container main exceeded its local ephemeral storage limit \"1Mi\". ");
        client.pods().delete("writer");
    }

    @Test
    @Timeout(7_200)
    void afterManyPodsThatCameCrashedAndWentNothingIsLeft(TestReporter reporter) throws Exception {
        cycle(AT_A_TIME);
        Counts before = Counts.of(engine);
        reporter.publishEntry("before", before.toString());
        for (int left = CYCLES; left > 0; left -= AT_A_TIME) {
            cycle(Math.min(left, AT_A_TIME));
            if ((CYCLES - left + AT_A_TIME) % REPORTED == 0) {
                reporter.publishEntry(
                        "after " + (CYCLES - left + AT_A_TIME),
                        Counts.of(engine).toString());
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            Counts after = Counts.of(engine);
            assertThat(after.networks()).isEqualTo(before.networks());
            assertThat(after.volumes()).isEqualTo(before.volumes());
            assertThat(engine.docker("ps", "-a", "--format", POD_OF)).doesNotContain("crash-");
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + SLACK);
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + SLACK);
        });
    }

    /** So many pods are made, crash and are deleted. */
    private static void cycle(int pods) {
        // a run of the night may have the machine's last place
        Duration patience = CYCLES > REPORTED ? PATIENCE.multipliedBy(5) : PATIENCE;
        for (int i = 0; i < pods; i++) {
            client.create(Pod.named("crash-" + i)
                    .container("main", IMAGE, c -> c.command("sh", "-c", "exit 3"))
                    .gracePeriod(Duration.ofSeconds(1))
                    .build());
        }
        for (int i = 0; i < pods; i++) {
            client.pods()
                    .await(
                            "crash-" + i,
                            pod -> !pod.status().containerStatuses().isEmpty()
                                    && status(pod).lastState().terminated() != null,
                            "it to crash",
                            patience);
            client.pods().delete("crash-" + i);
        }
        await().atMost(patience)
                .until(() -> client.pods().list().items().stream()
                        .noneMatch(pod -> pod.metadata().name().startsWith("crash-")));
    }

    /** What there is beside pods. */
    private record Counts(long networks, long volumes, long threads, long descriptors) {
        static Counts of(OwnEngine engine) throws IOException, InterruptedException {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return new Counts(
                        engine.docker("network", "ls", "-q").lines().count(),
                        engine.docker("volume", "ls", "-q").lines().count(),
                        Thread.getAllStackTraces().size(),
                        open.count());
            }
        }
    }

    private static List<Pod> podsOf(String deployment) {
        return client.pods().list().items().stream()
                .filter(pod -> pod.metadata().name().startsWith(deployment + "-"))
                .toList();
    }

    private static ContainerStatus status(Pod pod) {
        return pod.status().containerStatuses().get(0);
    }

    /** The pods of what runs in the engine, one for each container. @param kind container or sandbox */
    private static List<String> podsOfRunning(String kind, String prefix) throws IOException, InterruptedException {
        return engine.docker("ps", "--filter", "label=io.orchestrator.kind=" + kind, "--format", POD_OF)
                .lines()
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
