package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and watches of one node's pods, which are found by the node. */
class NodeWatchTest {
    private static final int NODES = 4;

    private static ListOptions on(int node) {
        return ListOptions.all().fields("spec.nodeName=n" + node);
    }

    private static void create(Client client, String name, int node) {
        PodDraft pod = Pod.named(name).container("main", "main:1");
        client.create((node < NODES ? pod.nodeName("n" + node) : pod).build());
    }

    private static void change(Client client, String name, String value) {
        client.pods().edit(name, pod -> pod.withMetadata(pod.metadata().withLabels(Map.of("value", value))));
    }

    private static void delete(Client client, String name) {
        client.pods().delete(name, DeleteOptions.defaults().grace(0));
    }

    private static Map<String, String> versions(ResourceList<Pod> list) {
        Map<String, String> versions = new TreeMap<>();
        list.forEach(pod -> versions.put(pod.metadata().name(), pod.metadata().resourceVersion()));
        return versions;
    }

    /** What a list of everything shows on the node. */
    private static Map<String, String> filtered(Client client, int node) {
        Map<String, String> versions = new TreeMap<>();
        client.pods().list().items().stream()
                .filter(pod -> pod.spec().nodeName().equals("n" + node))
                .forEach(pod ->
                        versions.put(pod.metadata().name(), pod.metadata().resourceVersion()));
        return versions;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aWatchFromAnyPlaceEqualsTheListUnderEveryInterleaving(long seed) {
        Random random = new Random(seed);
        try (RegistryFixture cluster =
                new RegistryFixture(VirtualTime.interleaved(seed), seed, MemoryStoreOptions.defaults())) {
            Client client = cluster.client;
            List<Replay> replays = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String name = "p" + random.nextInt(12);
                if (client.pods().find(name).isEmpty()) {
                    create(client, name, random.nextInt(NODES + 1));
                } else if (random.nextInt(3) == 0) {
                    delete(client, name);
                } else {
                    change(client, name, "v" + i);
                }
                if (random.nextInt(20) == 0) {
                    replays.add(new Replay(client, random.nextInt(NODES)));
                }
                if (!replays.isEmpty() && random.nextInt(20) == 0) {
                    replays.get(random.nextInt(replays.size())).follow();
                }
                for (int steps = random.nextInt(6); steps > 0; steps--) {
                    cluster.time.step();
                }
            }
            replays.forEach(Replay::follow);
            cluster.settle();
            for (int node = 0; node < NODES; node++) {
                assertThat(versions(client.pods().list(on(node).since("0"))))
                        .as("seed %s, at hand on n%s", seed, node)
                        .isEqualTo(filtered(client, node));
            }
            assertThat(replays)
                    .isNotEmpty()
                    .allSatisfy(replay -> assertThat(replay.state)
                            .as("seed %s, node n%s", seed, replay.node)
                            .isEqualTo(filtered(client, replay.node)));
        }
    }

    @Test
    void aWatchThatHasLastedItsTimeGoesOnWithoutAListHoweverMuchHappenedElsewhere() {
        try (RegistryFixture cluster =
                new RegistryFixture(VirtualTime.inOrder(), 1, MemoryStoreOptions.defaults(), 8)) {
            Client client = cluster.client;
            List<String> told = new ArrayList<>();
            List<String> versions = new ArrayList<>();
            WatchListener<Pod> listener = new WatchListener<>() {
                @Override
                public void onEvent(WatchEvent<Pod> event) {
                    versions.add(event.resourceVersion());
                    told.add(event.type().toString());
                }

                @Override
                public void onClosed(ApiException cause) {
                    told.add("CLOSED " + cause.reason());
                }
            };
            String version = client.pods().list().metadata().resourceVersion();
            client.pods().watch(on(1).since(version).withBookmarks().lasting(50), listener);
            for (int i = 0; i < 100; i++) {
                create(client, "other" + i, 0);
            }
            cluster.time.advance(Duration.ofSeconds(49));
            assertThat(told).containsExactly("BOOKMARK");
            cluster.time.advance(Duration.ofSeconds(2));
            assertThat(told).containsExactly("BOOKMARK", "CLOSED TIMEOUT");
            client.pods().watch(on(1).since(versions.get(0)), listener);
            create(client, "mine", 1);
            cluster.settle();
            assertThat(told).containsExactly("BOOKMARK", "CLOSED TIMEOUT", "ADDED");
        }
    }

    @Test
    void aListOfNowLooksAtTheNodesPodsAloneAndMissesNoWrite() {
        AtomicInteger lists = new AtomicInteger();
        try (RegistryFixture cluster = over(store -> counting(store, lists))) {
            Client client = cluster.client;
            client.pods().list(on(1).since("0"));
            for (int i = 0; i < 20; i++) {
                create(client, "pod-" + i, i % NODES);
                lists.set(0);
                ResourceList<Pod> now = client.pods().list(on(i % NODES));
                assertThat(now.items())
                        .extracting(pod -> pod.metadata().name())
                        .hasSize(i / NODES + 1)
                        .contains("pod-" + i);
                client.create(ConfigMap.named("other-" + i).build());
                assertThat(versions(client.pods().list(on(i % NODES)))).isEqualTo(versions(now));
                assertThat(lists).hasValue(0);
            }
            ResourceList<Pod> all = client.pods().list(on(1).page(5, ""));
            assertThat(all.items()).hasSize(5);
            assertThat(all.metadata().continueToken()).isEmpty();
            assertThat(lists).hasValue(0);
            ResourceList<Pod> some = client.pods().list(on(1).page(4, ""));
            assertThat(some.items()).hasSize(4);
            assertThat(some.metadata().continueToken()).isNotEmpty();
            delete(client, "pod-1");
            assertThat(client.pods().list(on(1)).items()).hasSize(4);
        }
    }

    @Test
    void aStoreThatDoesNotSayHowFarItsWatchesAreIsAsked() {
        AtomicInteger lists = new AtomicInteger();
        try (RegistryFixture cluster = over(store -> counting(new DistantStore(store), lists))) {
            cluster.client.pods().list(on(1).since("0"));
            create(cluster.client, "mine", 1);
            lists.set(0);
            assertThat(cluster.client.pods().list(on(1)).items()).hasSize(1);
            assertThat(lists).hasValue(1);
        }
    }

    @Test
    void whatCannotBeReadIsToldByListsOfNowUntilItIsGone() {
        try (RegistryFixture cluster = over(store -> store)) {
            cluster.client.pods().list(on(1).since("0"));
            create(cluster.client, "mine", 1);
            StoreKey broken = new StoreKey("/registry/pods/default/broken");
            cluster.store.put(broken, StoreValue.of("{".getBytes(StandardCharsets.UTF_8)), Expect.anything());
            assertThatThrownBy(() -> cluster.client.pods().list(on(1)))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("cannot be read");
            cluster.store.delete(broken, Expect.anything());
            assertThat(cluster.client.pods().list(on(1)).items()).hasSize(1);
        }
    }

    private static RegistryFixture over(UnaryOperator<Store> around) {
        return new RegistryFixture(VirtualTime.inOrder(), 1, MemoryStoreOptions.defaults(), 8192, around);
    }

    private static Store counting(Store inner, AtomicInteger lists) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        lists.incrementAndGet();
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Follows a list by a watch that may begin long after it. */
    private static final class Replay implements WatchListener<Pod> {
        final int node;
        final Map<String, String> state;
        private final Client client;
        private final String version;
        private long last;
        private boolean following;

        Replay(Client client, int node) {
            this.client = client;
            this.node = node;
            ResourceList<Pod> list = client.pods().list(on(node));
            this.version = list.metadata().resourceVersion();
            this.state = versions(list);
        }

        void follow() {
            if (!following) {
                following = true;
                client.pods().watch(on(node).since(version), this);
            }
        }

        @Override
        public void onEvent(WatchEvent<Pod> event) {
            long now = Long.parseLong(event.resourceVersion());
            assertThat(now).as("versions rise").isGreaterThan(last);
            last = now;
            String name = event.object().metadata().name();
            switch (event.type()) {
                case ADDED ->
                    assertThat(state.put(name, event.resourceVersion())).isNull();
                case MODIFIED ->
                    assertThat(state.put(name, event.resourceVersion())).isNotNull();
                case DELETED -> assertThat(state.remove(name)).isNotNull();
                case BOOKMARK -> throw new AssertionError("nobody asked for bookmarks");
            }
        }

        @Override
        public void onClosed(ApiException cause) {
            throw cause;
        }
    }
}
