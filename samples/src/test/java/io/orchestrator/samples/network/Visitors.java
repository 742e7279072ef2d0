package io.orchestrator.samples.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * So many who ask one address over and over, each on a connection at a time, until the close. Between two questions they take a
 * breath, together some thousand times in a second: who never does leaves pods that begin no processor to begin on.
 */
final class Visitors implements AutoCloseable {
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long JOIN_MILLIS = 20_000;

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean closed;

    private Visitors() {}

    static Visitors start(int count, String address, int port) {
        Visitors visitors = new Visitors();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> visitors.ask(address, port), "visitor-" + i);
            thread.setDaemon(true);
            visitors.threads.add(thread);
            thread.start();
        }
        return visitors;
    }

    private void ask(String address, int port) {
        while (!closed) {
            try {
                if (Here.get(address, port).contains("host=")) {
                    answered.incrementAndGet();
                } else {
                    failures.add("an answer without content");
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
            LockSupport.parkNanos(BREATH_NANOS);
        }
    }

    long answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
