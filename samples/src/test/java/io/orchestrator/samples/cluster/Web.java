package io.orchestrator.samples.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Somebody who visits a service. Each request has a connection of its own, so that each may meet another pod. */
final class Web {
    private static final int PATIENCE_MILLIS = 30_000;
    /** Between two questions: who never rests leaves pods that begin no processor to begin on. */
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final URI uri;

    Web(String address, int port) {
        this.uri = URI.create("http://" + address + ":" + port + "/");
    }

    String get() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestProperty("Connection", "close");
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** How many of so many requests each answer had. */
    Map<String, Integer> shares(int requests) throws IOException {
        Map<String, Integer> shares = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            shares.merge(get(), 1, Integer::sum);
        }
        return shares;
    }

    /** Keeps asking until it is closed. */
    Visitor keepAsking() {
        return new Visitor(this);
    }

    /** One who keeps asking, and counts. */
    static final class Visitor implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger answered = new AtomicInteger();
        private final StringBuffer failures = new StringBuffer();
        private final Thread thread;

        private Visitor(Web web) {
            thread = new Thread(() -> ask(web), "visitor");
            thread.start();
        }

        private void ask(Web web) {
            while (!ended.get()) {
                try {
                    web.get();
                    answered.incrementAndGet();
                } catch (IOException e) {
                    failures.append(e).append('\n');
                }
                LockSupport.parkNanos(BREATH_NANOS);
            }
        }

        int answered() {
            return answered.get();
        }

        String failures() {
            return failures.toString();
        }

        @Override
        public void close() throws InterruptedException {
            ended.set(true);
            thread.join();
        }
    }
}
