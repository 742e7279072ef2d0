package io.orchestrator.samples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.orchestrator.api.client.Client;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes on for a long time with the fabric8 client, also when the connection breaks. */
@Timeout(300)
class Fabric8LiveIT {
    private static ClientCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new ClientCluster("fabric8-live");
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    private static KubernetesClient connect(String kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    @Test
    void aWatchTellsWhatHappensAndGoesOnWhereItWasWhenTheConnectionBreaks() throws Exception {
        String namespace = cluster.newNamespace();
        Client observer = cluster.observer();
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Wire wire = cluster.wire();
                KubernetesClient client = connect(cluster.kubeconfig(wire));
                var watch = client.configMaps().inNamespace(namespace).watch(recorder(seen))) {
            make(observer, namespace, "first");
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(seen).contains("ADDED first"));
            wire.cut();
            make(observer, namespace, "second");
            observer.configMaps().inNamespace(namespace).delete("first");
            wire.mend();
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(seen).containsExactly("ADDED first", "ADDED second", "DELETED first"));
        }
    }

    @Test
    void anInformerKnowsAgainWhatIsThereAfterTheConnectionBroke() throws Exception {
        String namespace = cluster.newNamespace();
        Client observer = cluster.observer();
        List<String> seen = new CopyOnWriteArrayList<>();
        make(observer, namespace, "before");
        try (Wire wire = cluster.wire();
                KubernetesClient client = connect(cluster.kubeconfig(wire));
                SharedIndexInformer<ConfigMap> informer =
                        client.configMaps().inNamespace(namespace).inform(handler(seen))) {
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(seen).contains("add before"));
            for (int round = 0; round < 3; round++) {
                String name = "round-" + round;
                wire.cut();
                make(observer, namespace, name);
                wire.mend();
                await().atMost(ClientCluster.PATIENCE)
                        .untilAsserted(() -> assertThat(informer.getStore().getByKey(namespace + "/" + name))
                                .isNotNull());
            }
            wire.cut();
            observer.configMaps().inNamespace(namespace).delete("before");
            wire.mend();
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(seen).contains("delete before"));
            assertThat(seen).doesNotHaveDuplicates();
        }
    }

    @Test
    void oneLeadsUntilItLetsGoAndThenTheOther() throws Exception {
        String namespace = cluster.newNamespace();
        List<String> led = new CopyOnWriteArrayList<>();
        ExecutorService executor = Executors.newCachedThreadPool();
        try (KubernetesClient client = connect(cluster.kubeconfig())) {
            CompletableFuture<?> first =
                    elector(client, executor, namespace, "first", led).start();
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(led).containsExactly("first leads"));
            CompletableFuture<?> second =
                    elector(client, executor, namespace, "second", led).start();
            first.cancel(true);
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(led).containsExactly("first leads", "first stops", "second leads"));
            assertThat(client.leases()
                            .inNamespace(namespace)
                            .withName("lock")
                            .get()
                            .getSpec()
                            .getHolderIdentity())
                    .isEqualTo("second");
            second.cancel(true);
            await().atMost(ClientCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(led).contains("second stops"));
        } finally {
            executor.shutdownNow();
        }
    }

    private static LeaderElector elector(
            KubernetesClient client, ExecutorService executor, String namespace, String who, List<String> led) {
        return new LeaderElector(
                client,
                new LeaderElectionConfigBuilder()
                        .withName(who)
                        .withLeaseDuration(Duration.ofSeconds(15))
                        .withRenewDeadline(Duration.ofSeconds(10))
                        .withRetryPeriod(Duration.ofMillis(500))
                        .withReleaseOnCancel(true)
                        .withLock(new LeaseLock(namespace, "lock", who))
                        .withLeaderCallbacks(new LeaderCallbacks(
                                () -> led.add(who + " leads"), () -> led.add(who + " stops"), leader -> {}))
                        .build(),
                executor);
    }

    private static void make(Client observer, String namespace, String name) {
        observer.create(io.orchestrator.api.model.core.ConfigMap.named(name)
                .namespace(namespace)
                .data("key", "value")
                .build());
    }

    private static Watcher<ConfigMap> recorder(List<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                String name = map.getMetadata().getName();
                if (!name.startsWith("kube-")) {
                    seen.add(action + " " + name);
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("closed: " + cause);
            }
        };
    }

    private static ResourceEventHandler<ConfigMap> handler(List<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap map) {
                seen.add("add " + map.getMetadata().getName());
            }

            @Override
            public void onUpdate(ConfigMap before, ConfigMap after) {
                // What stands unchanged after a fresh list is no news.
                if (!before.getMetadata()
                        .getResourceVersion()
                        .equals(after.getMetadata().getResourceVersion())) {
                    seen.add("update " + after.getMetadata().getName());
                }
            }

            @Override
            public void onDelete(ConfigMap map, boolean unknown) {
                seen.add("delete " + map.getMetadata().getName());
            }
        };
    }
}
