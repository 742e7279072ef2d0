package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.testkit.junit.RequiresEtcd;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of many processes of which one after the other is killed with -9 and started again. The build's form is small; the
 * whole one: {@code -Dchaos.seconds=300 -Dchaos.planes=3 -Dchaos.nodes=4 -Dchaos.pods=57}.
 */
@RequiresEtcd
@Timeout(900)
class ChaosIT {
    private static final int SECONDS = Integer.getInteger("chaos.seconds", 25);
    private static final int PLANES = Integer.getInteger("chaos.planes", 2);
    private static final int NODES = Integer.getInteger("chaos.nodes", 2);
    private static final int PODS = Integer.getInteger("chaos.pods", 6);
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());

    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    /** For an answer while pods come and go: who waits long for one of them asks the others too seldom. */
    private static final Duration WHILE_KILLING = Duration.ofSeconds(2);

    private static final int WEB_PODS = 3;
    private static final int ANSWERS_AT_THE_END = 20;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    /** How long each pod sleeps, which tells its process from all others of this machine. */
    private final String mark = Integer.toString(100_000_000 + new Random().nextInt(100_000_000));

    private SystemEnvironment threads;
    private ChaosCluster cluster;
    private Client client;

    @BeforeEach
    void open() throws Exception {
        threads = new SystemEnvironment("chaos");
        cluster = ChaosCluster.start(folder, PLANES, NODES);
        client = ServersClient.of(cluster.servers(), cluster.kubeconfig(), threads);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        threads.close();
        cluster.close();
    }

    @Test
    void theDesiredStateHoldsAfterRandomProcessesWereKilledAndStartedAgain() throws Exception {
        client.create(Deployment.named("sleepers")
                .replicas(PODS)
                .container("main", "any", c -> c.command("sleep", mark))
                .build());
        client.create(Deployment.named("web")
                .replicas(WEB_PODS)
                .container("web", "nginx", c -> c.port(8080))
                .build());
        client.create(Service.named("web").selects("app", "web").port(8080).build());
        untilAsDesired();
        URI web = URI.create("http://" + client.services().get("web").spec().clusterIP() + ":8080/");

        AcknowledgedWrites writes = AcknowledgedWrites.begin(client, Duration.ofMillis(20));
        ServiceCaller caller = ServiceCaller.begin(web, WHILE_KILLING);
        List<String> killed = killInTurn();
        cluster.untilAllServe();
        untilAsDesired();
        Set<String> acknowledged = writes.end();
        ServiceCaller.Outcome calls = caller.end();
        System.out.printf(
                "chaos, seed %d: %d killed; %d writes acknowledged; service: %d answered, %d failed %s, at most %d ms"
                        + " without an answer%n",
                SEED,
                killed.size(),
                acknowledged.size(),
                calls.answered(),
                calls.failed(),
                calls.causes(),
                calls.longest().toMillis());

        assertThat(names())
                .as("what was acknowledged, seed %d, killed %s", SEED, killed)
                .containsAll(acknowledged);
        assertThat(acknowledged).hasSizeGreaterThan(SECONDS);
        assertThat(calls.answered()).isGreaterThan(SECONDS);
        ServiceCaller after = ServiceCaller.begin(web, PATIENCE);
        await().atMost(PATIENCE).until(() -> after.answered() >= ANSWERS_AT_THE_END);
        assertThat(after.end().failed()).as("requests once all is quiet").isZero();

        assertThat(cluster.terminateNodes()).containsOnly(0);
        assertThat(sleepers()).as("processes that outlived their nodes").isZero();
    }

    /** Each is killed once before one is killed again. */
    private List<String> killInTurn() throws Exception {
        List<String> killed = new ArrayList<>();
        List<ChaosCluster.Victim> turn = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            if (turn.isEmpty()) {
                turn.addAll(cluster.victims());
                Collections.shuffle(turn, random);
            }
            ChaosCluster.Victim victim = turn.remove(turn.size() - 1);
            victim.killAndStart();
            killed.add(victim.name());
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        return killed;
    }

    private void untilAsDesired() {
        // A server that cannot say how things are is asked again: that its store is away is what this test brings
        // about.
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsMatching(failure -> failure instanceof ApiException answer && answer.outcomeUnknown())
                .untilAsserted(() -> {
                    assertThat(client.deployments().get("sleepers").status().readyReplicas())
                            .isEqualTo(PODS);
                    assertThat(client.deployments().get("web").status().readyReplicas())
                            .isEqualTo(WEB_PODS);
                    assertThat(client.pods().list().items())
                            .as("pods")
                            .hasSize(PODS + WEB_PODS)
                            .allMatch(pod -> pod.metadata().deletionTimestamp() == null);
                    assertThat(sleepers())
                            .as("processes of pods on this machine")
                            .isEqualTo(PODS);
                });
    }

    private long sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/sleep")
                        && List.of(process.info().arguments().orElse(new String[0]))
                                .contains(mark))
                .count();
    }

    private Set<String> names() {
        return client.configMaps().list().items().stream()
                .map(map -> map.metadata().name())
                .collect(Collectors.toSet());
    }
}
