package io.orchestrator.samples.cluster;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.model.core.ConfigMap;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A client that creates one config map after the other, and remembers those that it was told are there. */
final class AcknowledgedWrites {
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Client client;
    private final Duration pause;
    private final Thread thread;

    private AcknowledgedWrites(Client client, Duration pause) {
        this.client = client;
        this.pause = pause;
        this.thread = new Thread(this::run, "writer");
    }

    /** @param pause between one write and the next */
    static AcknowledgedWrites begin(Client client, Duration pause) {
        AcknowledgedWrites writes = new AcknowledgedWrites(client, pause);
        writes.thread.start();
        return writes;
    }

    private void run() {
        try {
            for (int i = 0; !ending.await(pause.toMillis(), TimeUnit.MILLISECONDS); i++) {
                write("written-" + i);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private void write(String name) {
        try {
            client.create(ConfigMap.named(name).data("k", "v").build());
            acknowledged.add(name);
        } catch (ApiException e) {
            // Its outcome may be unknown: then nothing is claimed about it.
            if (!e.outcomeUnknown()) {
                throw e;
            }
        }
    }

    /** Ends the writing. @return the names of those that were acknowledged */
    Set<String> end() throws InterruptedException {
        ending.countDown();
        thread.join();
        if (failure.get() != null) {
            throw failure.get();
        }
        return Set.copyOf(acknowledged);
    }
}
