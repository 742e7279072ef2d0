package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapBuilder;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.NamespaceBuilder;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ServiceAccountBuilder;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.testkit.simulation.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registry on a store that keeps bytes and may not answer. */
class DistantStoreTest {
    private final List<DistantStore> stores = new ArrayList<>();
    private final RegistryFixture cluster =
            new RegistryFixture(VirtualTime.inOrder(), 1, MemoryStoreOptions.defaults(), 8192, inner -> {
                DistantStore store = new DistantStore(inner);
                stores.add(store);
                return store;
            });

    @AfterEach
    void close() {
        cluster.close();
    }

    private static ConfigMap map(String name) {
        return ConfigMapBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .build();
    }

    @Test
    void whatIsReadBackEqualsWhatWasWritten() {
        Pod written = cluster.client.create(Pod.named("web")
                .container("web", "nginx:1.27", c -> c.port(80).memory("64Mi"))
                .build());
        assertThat(cluster.client.pods().get("web")).isEqualTo(written).isNotSameAs(written);
        Pod patched = cluster.client.pods().patch("web", Patch.merge("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"));
        assertThat(cluster.client.pods().list().items()).containsExactly(patched);
    }

    @Test
    void aVersionIsDecodedOnceForAllReaders() {
        cluster.client.configMaps().list();
        cluster.client.create(map("a"));
        cluster.settle();
        ConfigMap read = cluster.client.configMaps().get("a");
        assertThat(cluster.client.configMaps().get("a")).isSameAs(read);
        assertThat(cluster.client.configMaps().list().items().get(0)).isSameAs(read);
        List<ConfigMap> watched = new ArrayList<>();
        WatchCacheTest.Recorder recorder = new WatchCacheTest.Recorder() {
            @Override
            public void onEvent(io.orchestrator.api.client.WatchEvent<ConfigMap> event) {
                watched.add(event.object());
            }
        };
        cluster.client.configMaps().watch(ListOptions.all(), recorder);
        cluster.settle();
        assertThat(watched).singleElement().isSameAs(read);
    }

    @Test
    void aWriteWhoseAnswerIsLostIsFoundByReading() {
        stores.get(0).loseNextAnswer = true;
        ConfigMap created = cluster.client.create(map("a"));
        assertThat(cluster.client.configMaps().get("a")).isEqualTo(created);
        stores.get(0).loseNextAnswer = true;
        ConfigMap changed = cluster.client.configMaps().patch("a", Patch.merge("{\"data\":{\"k\":\"v\"}}"));
        assertThat(changed.data()).containsEntry("k", "v");
        stores.get(0).loseNextAnswer = true;
        cluster.client.configMaps().delete("a");
        assertThat(cluster.client.configMaps().find("a")).isEmpty();
    }

    @Test
    void aStoreThatForgetsBetweenAListAndItsWatchIsListedAgain() {
        cluster.client.create(map("a"));
        stores.get(0).lateWatches = 2;
        assertThat(cluster.client
                        .configMaps()
                        .list(ListOptions.all().since("0"))
                        .items())
                .hasSize(1);
        assertThat(stores.get(0).lateWatches).isZero();
    }

    @Test
    void aCreateAsksAFarStoreForNothingOnceItIsKnownWhatItNeeds() {
        cluster.client.create(ServiceAccountBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("default").build())
                .build());
        cluster.client.create(map("first"));
        cluster.client.create(pod("first"));
        cluster.settle();
        int before = stores.get(0).reads;
        cluster.client.create(map("second"));
        cluster.client.create(pod("second"));
        assertThat(stores.get(0).reads).isEqualTo(before);
    }

    private static Pod pod(String name) {
        return Pod.named(name).container("web", "nginx:1.27").build();
    }

    @Test
    void aNamespaceThatWasDeletedThisVeryMomentTakesNothingMore() {
        cluster.client.create(namespace("leaving"));
        cluster.settle();
        Client inside = cluster.client.inNamespace("leaving");
        inside.create(map("early"));
        cluster.client.namespaces().delete("leaving");
        // Nothing has settled: the caches still show it as it was.
        assertThatThrownBy(() -> inside.create(map("late")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN))
                .hasMessageContaining("is being terminated");
    }

    @Test
    void aNamespaceThatAnotherServerHasJustMadeIsThere() {
        try (RegistryFixture other = new RegistryFixture(
                VirtualTime.inOrder(), 2, MemoryStoreOptions.defaults(), 8192, unused -> stores.get(0))) {
            cluster.client.create(map("first"));
            other.client.create(namespace("new"));
            assertThat(cluster.client
                            .inNamespace("new")
                            .create(map("inside"))
                            .metadata()
                            .namespace())
                    .isEqualTo("new");
        }
    }

    private static Namespace namespace(String name) {
        return NamespaceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .build();
    }
}
