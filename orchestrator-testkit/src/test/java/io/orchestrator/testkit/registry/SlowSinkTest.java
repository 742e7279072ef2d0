package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.core.registry.cache.WatchSink;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A watcher that says it is not ready: it waits without a thread, misses nothing, and does not wait for ever. */
class SlowSinkTest {
    private final RegistryFixture cluster =
            new RegistryFixture(VirtualTime.inOrder(), 1, MemoryStoreOptions.defaults(), 8);
    private final Sink sink = new Sink();

    /** Takes so many, and then none until it is told to. */
    private static final class Sink implements WatchSink {
        private final List<String> told = new ArrayList<>();
        private @Nullable Runnable later;
        private int room;

        void takes(int more) {
            room += more;
            Runnable waiting = later;
            later = null;
            if (waiting != null) {
                waiting.run();
            }
        }

        @Override
        public boolean isReady(Runnable when) {
            if (room > 0) {
                return true;
            }
            later = when;
            return false;
        }

        @Override
        public void event(WatchEvent.Type type, StoredObject object) {
            room--;
            told.add(type + " " + object.object().metadata().name());
        }

        @Override
        public void bookmark(long revision, boolean initialEventsEnd) {
            room--;
            told.add(initialEventsEnd ? "MARK" : "BOOKMARK");
        }

        @Override
        public void closed(ApiException cause) {
            told.add("CLOSED " + cause.reason());
        }
    }

    private void create(String name) {
        cluster.client.create(ConfigMap.named(name).build());
        cluster.settle();
    }

    private void watch(ListOptions options) {
        cluster.registry.watch(Target.collection(ConfigMap.TYPE, "default"), options, sink);
        cluster.settle();
    }

    @Test
    void getsTheRestWhenItIsReady() {
        create("a");
        create("b");
        watch(ListOptions.all());
        assertThat(sink.told).isEmpty();
        sink.takes(1);
        cluster.settle();
        assertThat(sink.told).containsExactly("ADDED a");
        create("c");
        create("d");
        assertThat(sink.told).containsExactly("ADDED a");
        sink.takes(2);
        cluster.settle();
        assertThat(sink.told).containsExactly("ADDED a", "ADDED b", "ADDED c");
        sink.takes(9);
        cluster.settle();
        create("e");
        assertThat(sink.told).containsExactly("ADDED a", "ADDED b", "ADDED c", "ADDED d", "ADDED e");
    }

    @Test
    void isClosedWhenTheCacheHasMovedOnTooFar() {
        String version = cluster.client.configMaps().list().metadata().resourceVersion();
        watch(ListOptions.all().since(version));
        for (int i = 0; i < 20; i++) {
            create("m" + i);
        }
        sink.takes(1);
        cluster.settle();
        sink.takes(100);
        cluster.settle();
        assertThat(sink.told).first().isEqualTo("ADDED m0");
        assertThat(sink.told).last().isEqualTo("CLOSED EXPIRED");
        assertThat(sink.told).hasSizeLessThan(20);
    }

    @Test
    void hearsOfTheEndThoughItIsNotReady() {
        create("a");
        watch(ListOptions.all());
        cluster.registry.close();
        cluster.settle();
        assertThat(sink.told).containsExactly("CLOSED SERVICE_UNAVAILABLE");
        sink.takes(5);
        cluster.settle();
        assertThat(sink.told).hasSize(1);
    }

    private void createPod(String name, String node) {
        cluster.client.create(
                Pod.named(name).nodeName(node).container("main", "main:1").build());
        cluster.settle();
    }

    @Test
    void ofOneNodesPodsIsClosedByMoreOfItsOwnThanAreKeptAndNotByThoseOfOthers() {
        String version = cluster.client.pods().list().metadata().resourceVersion();
        ListOptions mine = ListOptions.all().fields("spec.nodeName=mine");
        cluster.registry.watch(Target.collection(Pod.TYPE, "default"), mine.since(version), sink);
        for (int i = 0; i < 20; i++) {
            createPod("other" + i, "other");
        }
        createPod("a", "mine");
        createPod("b", "mine");
        sink.takes(2);
        cluster.settle();
        assertThat(sink.told).containsExactly("ADDED a", "ADDED b");
        for (int i = 0; i < 20; i++) {
            createPod("c" + i, "mine");
        }
        sink.takes(100);
        cluster.settle();
        assertThat(sink.told).last().isEqualTo("CLOSED EXPIRED");
        assertThat(sink.told).as("the one in hand when it had to wait").hasSizeLessThan(10);
        assertThat(cluster.client.pods().list(mine.since(version)).items()).hasSize(22);
    }
}
