package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.core.store.MemoryStore;
import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Immediate;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose thread serves what is brief. */
@Timeout(60)
class ReadingThreadTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final ExecutorService sinks = Executors.newCachedThreadPool();
    private final NotingStore store = new NotingStore(sinks);
    /** Which nobody else asks: another connection may have its reader changed. */
    private final ServedCluster served = new ServedCluster(ApiServer.onPort(0), builder -> builder.store(store));

    @AfterEach
    void close() {
        served.close();
        store.close();
        sinks.shutdownNow();
    }

    private void create(HttpClient client, String name, String value) {
        HttpRequest request = served.to(MAPS)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"key\":\"" + value + "\"}}"))
                .build();
        HttpResponse<String> answer = ServedCluster.exchange(client, request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void briefWritesOfAConnectionAreServedByTheThreadThatReadsThem() {
        HttpClient client = served.http(HttpClient.Version.HTTP_1_1);

        for (int i = 0; i < 40; i++) {
            create(client, "brief-" + i, "value");
        }

        assertThat(store.writers).hasSize(40);
        int changes = 0;
        for (int i = 1; i < 40; i++) {
            changes += store.writers.get(i) == store.writers.get(i - 1) ? 0 : 1;
        }
        // The first may still be served by the one that shook hands.
        assertThat(changes).isLessThanOrEqualTo(1);
    }

    /** Notes who writes config maps. */
    private static final class NotingStore implements Store, Immediate {
        private final Store store;
        private final List<Thread> writers = new CopyOnWriteArrayList<>();

        NotingStore(Executor sinks) {
            store = new MemoryStore(sinks);
        }

        @Override
        public Entry put(StoreKey key, StoreValue value, Expect expect) {
            if (key.startsWith(new StoreKey("/registry/configmaps/default/"))
                    && !key.toString().contains("kube-root-ca")) {
                writers.add(Thread.currentThread());
            }
            return store.put(key, value, expect);
        }

        @Override
        public long revision() {
            return store.revision();
        }

        @Override
        public Optional<Entry> get(StoreKey key) {
            return store.get(key);
        }

        @Override
        public Optional<Removal> delete(StoreKey key, Expect expect) {
            return store.delete(key, expect);
        }

        @Override
        public Listing list(StoreKey prefix, ListQuery query) {
            return store.list(prefix, query);
        }

        @Override
        public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
            return store.watch(prefix, after, sink);
        }

        @Override
        public void compact(long revision) {
            store.compact(revision);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
