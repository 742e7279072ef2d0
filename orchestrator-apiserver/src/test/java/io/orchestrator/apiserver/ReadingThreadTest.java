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
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

    /** Header and body in one, so that the body is there when the header is. */
    private static void create(Socket socket, String name) throws IOException {
        String body = "{\"metadata\":{\"name\":\"" + name + "\"}}";
        String request =
                "POST " + MAPS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 201");
        String length = head.substring(head.indexOf("Content-Length: ") + "Content-Length: ".length());
        in.readNBytes(Integer.parseInt(length.substring(0, length.indexOf('\r'))));
    }

    @Test
    void briefWritesOfAConnectionAreServedByTheThreadThatReadsThem() throws IOException {
        URI url = URI.create(served.url());
        try (Socket socket = served.adminTls().getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            for (int i = 0; i < 40; i++) {
                create(socket, "brief-" + i);
            }
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
