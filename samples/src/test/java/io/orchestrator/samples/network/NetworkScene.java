package io.orchestrator.samples.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ExecResult;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A cluster of two nodes with a web server and somebody who asks on each, which all tests of a class share. They wait more than they
 * work, so that several run at a time; each keeps to services and pods of its own names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
abstract class NetworkScene implements NetworkRoom {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Of what runs a program in a pod for each try. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    static final List<String> NODES = List.of("node-1", "node-2");

    private final Supplier<PodKit> kits;
    PodKit kit;
    Cluster cluster;
    Client client;

    NetworkScene(Supplier<PodKit> kits) {
        this.kits = kits;
    }

    abstract ClusterBuilder configured(ClusterBuilder builder);

    @BeforeAll
    void start() {
        kit = kits.get();
        cluster = configured(Cluster.builder())
                .nodes(NODES.size())
                .podGrace(Duration.ofSeconds(2))
                .start();
        client = cluster.client();
        for (String node : NODES) {
            client.create(
                    kit.server("web-" + node).label("app", "web").nodeName(node).build());
            client.create(kit.client("asks-" + node).nodeName(node).build());
        }
        client.create(Service.named("web")
                .selects("app", "web")
                .port("http", 80, PodKit.PORT)
                .build());
        for (String node : NODES) {
            client.pods().awaitReady("web-" + node, PATIENCE);
            client.pods().awaitReady("asks-" + node, PATIENCE);
        }
    }

    @AfterAll
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    public final String fetch(String pod, String url) {
        ExecResult result =
                client.pods().run(pod, Duration.ofSeconds(60), kit.fetch(url).toArray(new String[0]));
        return result.stdout().strip();
    }

    @Override
    public final String run(String pod, String... command) {
        ExecResult result = client.pods().run(pod, Duration.ofSeconds(60), command);
        assertThat(result.exitCode()).as(result.stderr()).isZero();
        return result.stdout();
    }

    @Override
    public final void answers(String pod, String url, String... hosts) {
        Set<String> found = new HashSet<>();
        await().atMost(PATIENCE).pollInterval(BETWEEN_TRIES).ignoreExceptions().untilAsserted(() -> {
            found.add(fetch(pod, url).replaceFirst(".*host=", ""));
            assertThat(found).contains(hosts);
        });
    }

    @Override
    public final void answersHere(String address, int port, String... hosts) {
        Set<String> found = new HashSet<>();
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            found.add(Here.get(address, port).replaceFirst(".*host=", ""));
            assertThat(found).contains(hosts);
        });
    }

    @Override
    public final Names names() {
        return new Names(client.inNamespace("kube-system")
                .services()
                .get("kube-dns")
                .spec()
                .clusterIP());
    }

    static String[] bothServers() {
        return new String[] {"web-node-1", "web-node-2"};
    }

    /** Whether nobody answers there: neither a pod, nor somebody beyond this machine. */
    static boolean refuses(String address, int port) {
        try {
            Here.get(address, port);
            return false;
        } catch (java.io.IOException e) {
            return true;
        }
    }

    static Set<String> whoAnswers(String address, int port, int times) throws java.io.IOException {
        Set<String> found = new HashSet<>();
        for (int i = 0; i < times; i++) {
            found.add(Here.get(address, port).replaceFirst(".*host=", ""));
        }
        return found;
    }

    @Override
    public abstract String proxy();

    @Override
    public abstract String policies();

    @Override
    public final boolean isRolledOut(String name) {
        Deployment now = client.deployments().get(name);
        return now.status().observedGeneration() >= now.metadata().generation()
                && now.status().updatedReplicas() == now.spec().replicas()
                && now.status().availableReplicas() == now.spec().replicas()
                && now.status().replicas() == now.spec().replicas();
    }

    @Override
    public final Client client() {
        return client;
    }

    @Override
    public final PodKit kit() {
        return kit;
    }

    @Override
    public final Cluster cluster() {
        return cluster;
    }
}
