package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches and lists through the cache. */
class WatchCacheTest {
    private static ConfigMap map(String name, String label) {
        return ConfigMapBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .labels(Map.of("tier", label))
                        .build())
                .build();
    }

    private static void write(Client client, String name, String label) {
        client.configMaps().edit(name, map -> map.withMetadata(map.metadata().withLabels(Map.of("tier", label))));
    }

    @Test
    void anObjectThatStopsMatchingIsDeletedForTheWatcherWithTheNewVersion() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            Client client = cluster.client;
            client.create(map("a", "front"));
            String version = client.configMaps().list().metadata().resourceVersion();
            Recorder recorder = new Recorder();
            client.configMaps().watch(ListOptions.all().labels("tier=front").since(version), recorder);
            write(client, "a", "back");
            write(client, "a", "front");
            client.configMaps().delete("a");
            cluster.settle();
            assertThat(recorder.told).containsExactly("DELETED a front", "ADDED a front", "DELETED a front");
            assertThat(recorder.versions).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void aWatchWithoutVersionBeginsWithWhatIsThere() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            cluster.client.create(map("a", "x"));
            cluster.client.create(map("b", "x"));
            Recorder recorder = new Recorder();
            cluster.client.configMaps().watch(ListOptions.all(), recorder);
            cluster.settle();
            cluster.client.create(map("c", "x"));
            cluster.settle();
            assertThat(recorder.told).containsExactly("ADDED a x", "ADDED b x", "ADDED c x");
        }
    }

    @Test
    void whatIsAtHandIsInOrderHoweverOftenItIsListedAndWhateverChangesMeanwhile() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            cluster.client.create(map("b", "x"));
            cluster.client.create(map("c", "y"));
            for (int round = 0; round < 3; round++) {
                assertThat(atHand(cluster, "")).containsExactly("b", "c");
                assertThat(atHand(cluster, "tier=x")).containsExactly("b");
            }
            cluster.client.create(map("a", "x"));
            cluster.client.configMaps().delete("c");
            cluster.settle();
            for (int round = 0; round < 3; round++) {
                assertThat(atHand(cluster, "")).containsExactly("a", "b");
                assertThat(atHand(cluster, "tier=y")).isEmpty();
            }
        }
    }

    private static List<String> atHand(RegistryFixture cluster, String labels) {
        return cluster.client.configMaps().list(ListOptions.all().labels(labels).since("0")).items().stream()
                .map(map -> map.metadata().name())
                .filter(name -> name.length() == 1)
                .toList();
    }

    @Test
    void initialEventsEndWithAMark() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            cluster.client.create(map("a", "x"));
            Recorder recorder = new Recorder();
            ListOptions streaming = new ListOptions("", "", "", "NotOlderThan", 0, "", true, true, 0);
            cluster.client.configMaps().watch(streaming, recorder);
            cluster.settle();
            assertThat(recorder.told).containsExactly("ADDED a x", "BOOKMARK initial-events-end");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0"})
    void aWatchThatWantsNoInitialEventsBeginsNow(String version) {
        try (RegistryFixture cluster = new RegistryFixture()) {
            cluster.client.create(map("a", "x"));
            cluster.settle();
            Recorder recorder = new Recorder();
            ListOptions fresh = new ListOptions("", "", version, "NotOlderThan", 0, "", true, false, 0);
            cluster.client.configMaps().watch(fresh, recorder);
            cluster.settle();
            cluster.client.create(map("b", "x"));
            cluster.settle();
            assertThat(recorder.told).containsExactly("ADDED b x");
        }
    }

    @Test
    void bookmarksFollowTheStoreOnceAMinuteToThoseWhoAskedForThem() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            Recorder asked = new Recorder();
            Recorder silent = new Recorder();
            String version = cluster.client.configMaps().list().metadata().resourceVersion();
            cluster.client
                    .configMaps()
                    .watch(ListOptions.all().labels("tier=x").since(version).withBookmarks(), asked);
            cluster.client.configMaps().watch(ListOptions.all().labels("tier=x").since(version), silent);
            cluster.client.create(map("other", "y"));
            cluster.time.advance(Duration.ofSeconds(61));
            assertThat(asked.told).containsExactly("BOOKMARK ");
            assertThat(asked.versions.get(0))
                    .isGreaterThanOrEqualTo(Long.parseLong(
                            cluster.client.configMaps().get("other").metadata().resourceVersion()));
            assertThat(silent.told).isEmpty();
        }
    }

    @Test
    void aWatchOfWhatRestsIsNotWoken() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            Recorder asked = new Recorder();
            cluster.client.create(map("first", "x"));
            String version = cluster.client.configMaps().list().metadata().resourceVersion();
            cluster.client.configMaps().watch(ListOptions.all().since(version).withBookmarks(), asked);
            cluster.time.advance(Duration.ofMinutes(2));
            assertThat(cluster.time.hasTaskUntil(Long.MAX_VALUE)).isFalse();
            cluster.client.create(map("second", "x"));
            cluster.time.advance(Duration.ofMinutes(2));
            assertThat(asked.told).containsExactly("ADDED second x");
            assertThat(cluster.time.hasTaskUntil(Long.MAX_VALUE)).isFalse();
        }
    }

    @Test
    void aVersionBeforeTheKeptHistoryIsExpired() {
        try (RegistryFixture cluster = new RegistryFixture(VirtualTime.inOrder(), 1, MemoryStoreOptions.keeping(16))) {
            cluster.client.create(map("a", "x"));
            String page = cluster.client.configMaps().list().metadata().resourceVersion();
            for (int i = 0; i < 100; i++) {
                cluster.client.create(map("m" + i, "x"));
            }
            String token = cluster.client
                    .configMaps()
                    .list(ListOptions.all().page(10, ""))
                    .metadata()
                    .continueToken();
            for (int i = 0; i < 100; i++) {
                write(cluster.client, "m" + i, "y");
            }
            cluster.settle();
            assertThatThrownBy(() ->
                            cluster.client.configMaps().list(ListOptions.all().page(10, token)))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED));
            assertThatThrownBy(() -> cluster.client
                            .configMaps()
                            .list(ListOptions.all().since(page).matching("Exact")))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED));
        }
    }

    @Test
    void aWatchFromTooOldAVersionIsToldSo() {
        try (RegistryFixture cluster =
                new RegistryFixture(VirtualTime.inOrder(), 1, MemoryStoreOptions.defaults(), 8)) {
            String old = cluster.client.configMaps().list().metadata().resourceVersion();
            for (int i = 0; i < 50; i++) {
                cluster.client.create(map("m" + i, "x"));
            }
            cluster.settle();
            Recorder recorder = new Recorder();
            cluster.client.configMaps().watch(ListOptions.all().since(old), recorder);
            cluster.settle();
            assertThat(recorder.told).containsExactly("CLOSED EXPIRED");
        }
    }

    @Test
    void aNodesWatchersAreToldOfItsOwnPodsHoweverManyOthersChange() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            Client client = cluster.client;
            List<String> told = new ArrayList<>();
            String version = client.pods().list().metadata().resourceVersion();
            createPods(client, 0);
            WatchListener<Pod> listener = new WatchListener<>() {
                @Override
                public void onEvent(WatchEvent<Pod> event) {
                    told.add(event.type() + " " + event.object().metadata().name());
                }

                @Override
                public void onClosed(ApiException cause) {
                    throw cause;
                }
            };
            client.pods().watch(ListOptions.all().fields("spec.nodeName=n1").since(version), listener);
            createPods(client, 1);
            cluster.settle();
            client.pods().deleteAll(ListOptions.all(), DeleteOptions.defaults().grace(0));
            cluster.settle();
            assertThat(told).containsExactly("ADDED p0-n1", "ADDED p1-n1", "DELETED p0-n1", "DELETED p1-n1");
        }
    }

    /** One on each of 400 nodes. */
    private static void createPods(Client client, int round) {
        for (int node = 0; node < 400; node++) {
            client.create(Pod.named("p" + round + "-n" + node)
                    .nodeName("n" + node)
                    .container("main", "main:1")
                    .build());
        }
    }

    @Test
    void aStalledWatcherIsClosedAndTheOthersGoOn() {
        try (RegistryFixture cluster =
                new RegistryFixture(VirtualTime.inOrder(), 1, MemoryStoreOptions.defaults(), 8)) {
            Client client = cluster.client;
            String version = client.configMaps().list().metadata().resourceVersion();
            Recorder quick = new Recorder();
            Recorder slow = new Recorder() {
                @Override
                public void onEvent(WatchEvent<ConfigMap> event) {
                    super.onEvent(event);
                    // While this call lasts, the cache moves on by more than it keeps, and the other watcher keeps up.
                    for (int i = 0; told.size() == 1 && i < 20; i++) {
                        client.create(map("late" + i, "x"));
                        cluster.settle();
                    }
                }
            };
            client.configMaps().watch(ListOptions.all().since(version), slow);
            client.configMaps().watch(ListOptions.all().since(version), quick);
            client.create(map("first", "x"));
            cluster.settle();
            // The slow listener moved the time itself.
            cluster.settle();
            assertThat(slow.told).first().isEqualTo("ADDED first x");
            assertThat(slow.told).last().isEqualTo("CLOSED EXPIRED");
            assertThat(slow.told).hasSizeLessThan(10);
            assertThat(quick.told).hasSize(21).doesNotContain("CLOSED EXPIRED");
        }
    }

    @Test
    void aClosedWatchIsSilent() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            Recorder recorder = new Recorder();
            Watch watch = cluster.client.configMaps().watch(ListOptions.all(), recorder);
            cluster.client.create(map("a", "x"));
            watch.close();
            cluster.settle();
            assertThat(recorder.told).isEmpty();
        }
    }

    @Test
    void aWatchClosedWhileChangesWaitForItEnds() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            List<Watch> watch = new ArrayList<>();
            Recorder recorder = new Recorder() {
                @Override
                public void onEvent(WatchEvent<ConfigMap> event) {
                    super.onEvent(event);
                    cluster.client.create(map("late", "x"));
                    cluster.settle();
                    watch.get(0).close();
                }
            };
            watch.add(cluster.client.configMaps().watch(ListOptions.all(), recorder));
            cluster.settle();
            cluster.client.create(map("first", "x"));
            cluster.settle();
            cluster.settle();
            assertThat(recorder.told).containsExactly("ADDED first x");
        }
    }

    @Test
    void closingTheRegistryEndsEveryWatch() {
        RegistryFixture cluster = new RegistryFixture();
        Recorder recorder = new Recorder();
        cluster.client.configMaps().watch(ListOptions.all(), recorder);
        cluster.settle();
        cluster.close();
        cluster.settle();
        assertThat(recorder.told).containsExactly("CLOSED SERVICE_UNAVAILABLE");
    }

    @Test
    void pagesShowOneRevisionAndCountWhatFollows() {
        try (RegistryFixture cluster = new RegistryFixture()) {
            for (int i = 0; i < 5; i++) {
                cluster.client.create(map("m" + i, i % 2 == 0 ? "even" : "odd"));
            }
            ResourceList<ConfigMap> first =
                    cluster.client.configMaps().list(ListOptions.all().page(2, ""));
            assertThat(first.metadata().remainingItemCount()).isEqualTo(3);
            cluster.client.configMaps().delete("m3");
            cluster.client.create(map("m9", "odd"));
            ResourceList<ConfigMap> second = cluster.client
                    .configMaps()
                    .list(ListOptions.all().page(9, first.metadata().continueToken()));
            assertThat(second.metadata().resourceVersion())
                    .isEqualTo(first.metadata().resourceVersion());
            assertThat(second.items()).extracting(map -> map.metadata().name()).containsExactly("m2", "m3", "m4");
            ResourceList<ConfigMap> even = cluster.client
                    .configMaps()
                    .list(ListOptions.all().labels("tier=even").page(2, ""));
            assertThat(even.items()).extracting(map -> map.metadata().name()).containsExactly("m0", "m2");
            assertThat(even.metadata().remainingItemCount()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aReplayedWatchEqualsTheListUnderEveryInterleaving(long seed) {
        Random random = new Random(seed);
        try (RegistryFixture cluster =
                new RegistryFixture(VirtualTime.interleaved(seed), seed, MemoryStoreOptions.defaults())) {
            Client client = cluster.client;
            List<Replay> replays = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String name = "m" + random.nextInt(10);
                String label = random.nextBoolean() ? "front" : "back";
                if (client.configMaps().find(name).isEmpty()) {
                    client.create(map(name, label));
                } else if (random.nextInt(3) == 0) {
                    client.configMaps().delete(name);
                } else {
                    write(client, name, label);
                }
                if (random.nextInt(30) == 0) {
                    String selector = random.nextBoolean() ? "tier=front" : "";
                    replays.add(new Replay(client, selector));
                }
                for (int steps = random.nextInt(6); steps > 0; steps--) {
                    cluster.time.step();
                }
            }
            cluster.settle();
            assertThat(replays)
                    .isNotEmpty()
                    .allSatisfy(replay -> assertThat(replay.state)
                            .as("seed %s, selector '%s'", seed, replay.selector)
                            .isEqualTo(replay.listed(client)));
        }
    }

    /** Follows a list by its watch. */
    private static final class Replay implements WatchListener<ConfigMap> {
        final String selector;
        final Map<String, String> state = new TreeMap<>();
        private long last;

        Replay(Client client, String selector) {
            this.selector = selector;
            state.putAll(listed(client));
            ResourceList<ConfigMap> list =
                    client.configMaps().list(ListOptions.all().labels(selector));
            client.configMaps()
                    .watch(
                            ListOptions.all()
                                    .labels(selector)
                                    .since(list.metadata().resourceVersion()),
                            this);
        }

        Map<String, String> listed(Client client) {
            Map<String, String> all = new LinkedHashMap<>();
            client.configMaps()
                    .list(ListOptions.all().labels(selector))
                    .forEach(
                            map -> all.put(map.metadata().name(), map.metadata().resourceVersion()));
            return new TreeMap<>(all);
        }

        @Override
        public void onEvent(WatchEvent<ConfigMap> event) {
            long version = Long.parseLong(event.resourceVersion());
            assertThat(version).as("versions rise").isGreaterThan(last);
            last = version;
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

    /** Writes down what a watch tells. */
    static class Recorder implements WatchListener<ConfigMap> {
        final List<String> told = new ArrayList<>();
        final List<Long> versions = new ArrayList<>();

        @Override
        public void onEvent(WatchEvent<ConfigMap> event) {
            versions.add(Long.parseLong(event.resourceVersion()));
            String end = event.object().metadata().annotations().containsKey("k8s.io/initial-events-end")
                    ? "initial-events-end"
                    : "";
            told.add(
                    event.type() == WatchEvent.Type.BOOKMARK
                            ? "BOOKMARK " + end
                            : event.type() + " " + event.object().metadata().name() + " "
                                    + event.object().metadata().labels().get("tier"));
        }

        @Override
        public void onClosed(ApiException cause) {
            told.add("CLOSED " + cause.reason());
        }
    }
}
