package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.testkit.junit.EtcdServer;
import io.orchestrator.testkit.junit.RequiresEtcd;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three control planes as processes on one etcd, and a client that knows all three. */
@RequiresEtcd
@Timeout(240)
class ThreeControlPlanesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** A lease is good for 15 s, and candidates look every 2 s and a bit. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(40);

    @TempDir
    static Path folder;

    private static final List<Launched> PLANES = new ArrayList<>();
    private static SystemEnvironment threads;
    private static Client client;

    @BeforeAll
    static void open() throws Exception {
        threads = new SystemEnvironment("three-planes");
        String prefix = "/three-" + UUID.randomUUID();
        // The first one makes what a cluster has but once; the others find it.
        PLANES.add(start(0, prefix).untilItSays("server: "));
        PLANES.add(start(1, prefix));
        PLANES.add(start(2, prefix));
        List<URI> servers = new ArrayList<>();
        for (Launched each : PLANES) {
            String said = each.untilItSays("server: ").output();
            servers.add(URI.create(said.replaceAll("(?s).*server: (https://[^\\s]+).*", "$1")));
        }
        client = ServersClient.of(servers, PLANES.get(0).kubeconfig(), threads);
    }

    private static Launched start(int index, String prefix) throws IOException {
        return Launched.controlPlane(
                folder.resolve("plane-" + index),
                "--name",
                "plane-" + index,
                "--store",
                "etcd:" + EtcdServer.endpoint(),
                "--etcd-prefix",
                prefix);
    }

    @AfterAll
    static void close() throws Exception {
        client.close();
        threads.close();
        for (Launched each : PLANES) {
            each.close();
        }
    }

    @Test
    void theLeaderIsKilledAndNothingThatWasAcknowledgedOrToldIsMissing() throws Exception {
        Set<String> told = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        try (Informer<ConfigMap> informer = new Informer<>(
                client.transport(),
                Target.collection(ConfigMap.TYPE, "default"),
                ListOptions.all(),
                threads.environment())) {
            informer.addHandler((before, after) -> {
                if (before == null
                        && after != null
                        && !told.add(after.metadata().name())) {
                    twice.incrementAndGet();
                }
            });
            informer.start();
            await().atMost(PATIENCE).until(informer::hasSynced);
            AcknowledgedWrites writes = AcknowledgedWrites.begin(client, Duration.ZERO);

            String holder = holder();
            // The one that is asked is the one that leads or not: both must be survived.
            leaderOf(holder).kill();
            createAsIfNobodyHadDied(Deployment.named("after")
                    .replicas(2)
                    .container("main", "any", c -> c)
                    .build());
            await().atMost(TAKE_OVER)
                    .ignoreExceptions()
                    .until(() ->
                            client.resources(ReplicaSet.TYPE).list().items().size() == 1
                                    && client.pods().list().items().size() == 2);
            assertThat(holder()).isNotEqualTo(holder);
            Set<String> acknowledged = writes.end();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).containsAll(acknowledged));
            for (String name : acknowledged) {
                assertThat(client.configMaps().find(name)).isPresent();
                assertThat(informer.get(new ObjectKey("default", name))).isPresent();
            }
            assertThat(acknowledged).hasSizeGreaterThan(20);
            assertThat(twice).hasValue(0);
        }
    }

    /** What was sent to the one that was killed has an unknown outcome; whoever asks again hears which. */
    private static void createAsIfNobodyHadDied(Deployment deployment) {
        await().atMost(PATIENCE).until(() -> {
            try {
                client.create(deployment);
                return true;
            } catch (ApiException e) {
                if (!e.outcomeUnknown() && !e.isAlreadyExists()) {
                    throw e;
                }
                return e.isAlreadyExists();
            }
        });
    }

    private static String holder() {
        AtomicInteger asked = new AtomicInteger();
        String[] found = {""};
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            asked.incrementAndGet();
            Lease lease =
                    client.inNamespace("kube-system").resources(Lease.TYPE).get("kube-controller-manager");
            found[0] = lease.spec().holderIdentity();
            return !found[0].isEmpty();
        });
        return found[0];
    }

    /** Each candidate is called after its control plane. */
    private static Launched leaderOf(String holder) {
        for (int i = 0; i < PLANES.size(); i++) {
            if (holder.startsWith("plane-" + i)) {
                return PLANES.get(i);
            }
        }
        throw new AssertionError("nobody is called " + holder);
    }
}
