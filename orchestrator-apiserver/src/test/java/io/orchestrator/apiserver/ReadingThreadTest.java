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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose thread serves what is brief. */
@Timeout(60)
class ReadingThreadTest {
    /** More than there are readers, so that each has some. */
    private static final int OTHERS = 16;

    private static final String POLICIES = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";

    /** While there is one, no write is brief. */
    private static final String POLICY = """
            {"metadata": {"name": "judges"}, "spec": {
              "matchConstraints": {"resourceRules": [
                {"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["deployments"]}]},
              "validations": [{"expression": "true"}]}}""";

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

    private Socket connect() throws IOException {
        URI url = URI.create(served.url());
        Socket socket = served.adminTls().getSocketFactory().createSocket(url.getHost(), url.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String body(String name) {
        return "{\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    private static String head(String name, String more) {
        return "POST " + MAPS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body(name).length() + "\r\n" + more + "\r\n";
    }

    private static String answered(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("after %s", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    private static void awaitAnswer(Socket socket, String status) throws IOException {
        InputStream in = socket.getInputStream();
        String head = answered(in);
        assertThat(head).startsWith("HTTP/1.1 " + status);
        String length = head.substring(head.indexOf("Content-Length: ") + "Content-Length: ".length());
        in.readNBytes(Integer.parseInt(length.substring(0, length.indexOf('\r'))));
    }

    /** Header and body in one, so that the body is there when the header is. */
    private static void create(Socket socket, String name) throws IOException {
        send(socket, head(name, "") + body(name));
        awaitAnswer(socket, "201");
    }

    @Test
    void briefWritesOfAConnectionAreServedByTheThreadThatReadsThem() throws IOException {
        try (Socket socket = connect()) {
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

    /** As a webhook would that takes its time; the store stands for it here. */
    @Test
    void aWriteThatBecameSlowWhileItsBodyWasAwaitedHoldsUpNobodyElse() throws Exception {
        List<Socket> others = new ArrayList<>();
        try (Socket late = connect()) {
            for (int i = 0; i < OTHERS; i++) {
                others.add(connect());
            }
            send(late, head("late", "Expect: 100-continue\r\n"));
            assertThat(answered(late.getInputStream())).startsWith("HTTP/1.1 100");
            assertThat(served.send("POST", POLICIES, "application/json", POLICY).code())
                    .isEqualTo(201);

            send(late, body("late"));
            assertThat(store.held.await(20, TimeUnit.SECONDS)).isTrue();
            for (Socket other : others) {
                send(other, "GET /api/v1/namespaces/default HTTP/1.1\r\nHost: localhost\r\n\r\n");
                awaitAnswer(other, "200");
            }

            store.release.countDown();
            awaitAnswer(late, "201");
        } finally {
            store.release.countDown();
            for (Socket other : others) {
                other.close();
            }
        }
    }

    /** Notes who writes config maps, and lets one wait. */
    private static final class NotingStore implements Store, Immediate {
        private final Store store;
        private final List<Thread> writers = new CopyOnWriteArrayList<>();
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        NotingStore(Executor sinks) {
            store = new MemoryStore(sinks);
        }

        @Override
        public Entry put(StoreKey key, StoreValue value, Expect expect) {
            if (key.startsWith(new StoreKey("/registry/configmaps/default/"))
                    && !key.toString().contains("kube-root-ca")) {
                writers.add(Thread.currentThread());
            }
            if (key.toString().endsWith("/late")) {
                held.countDown();
                await();
            }
            return store.put(key, value, expect);
        }

        private void await() {
            try {
                assertThat(release.await(40, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
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
