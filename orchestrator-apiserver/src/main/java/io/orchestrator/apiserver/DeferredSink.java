package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.core.registry.cache.WatchSink;
import java.util.concurrent.CompletableFuture;

/**
 * Holds a watch's first call back until the answer has begun: the registry may call as soon as it has accepted the watch,
 * and until then nobody knows whether the answer is a stream or a refusal.
 */
final class DeferredSink implements WatchSink {
    private final CompletableFuture<WatchSink> target = new CompletableFuture<>();

    /** The sink that gets what waits and all that comes. */
    void open(WatchSink sink) {
        target.complete(sink);
    }

    /** There is nothing to come but this last call. */
    void refuse(ApiException cause) {
        target.thenAccept(sink -> sink.closed(cause));
    }

    /** Nobody will take what comes. */
    void abandon() {
        target.complete(new WatchSink() {
            @Override
            public void event(WatchEvent.Type type, StoredObject object) {}

            @Override
            public void bookmark(long revision, boolean initialEventsEnd) {}

            @Override
            public void closed(ApiException cause) {}
        });
    }

    @Override
    public boolean isReady(Runnable later) {
        if (target.isDone()) {
            return target.join().isReady(later);
        }
        target.thenRun(later);
        return false;
    }

    @Override
    public void event(WatchEvent.Type type, StoredObject object) {
        target.join().event(type, object);
    }

    @Override
    public void bookmark(long revision, boolean initialEventsEnd) {
        target.join().bookmark(revision, initialEventsEnd);
    }

    @Override
    public void closed(ApiException cause) {
        target.join().closed(cause);
    }
}
