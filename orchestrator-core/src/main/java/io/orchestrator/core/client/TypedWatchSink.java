package io.orchestrator.core.client;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.core.registry.cache.WatchSink;
import java.util.Map;

/** Hands a registry's watch to a typed listener. Called by one thread at a time. */
final class TypedWatchSink<T extends Resource> implements WatchSink {
    /** Tells that the initial events are over, as Kubernetes marks it. */
    private static final Map<String, String> INITIAL_END = Map.of("k8s.io/initial-events-end", "true");

    private final ResourceType<T> type;
    private final WatchListener<T> listener;
    private volatile boolean stopped;

    TypedWatchSink(ResourceType<T> type, WatchListener<T> listener) {
        this.type = type;
        this.listener = listener;
    }

    /** No call of the listener begins after this. */
    void stop() {
        stopped = true;
    }

    @Override
    public void event(WatchEvent.Type kind, StoredObject object) {
        if (!stopped) {
            listener.onEvent(new WatchEvent<>(kind, type.objectClass().cast(object.object())));
        }
    }

    @Override
    public void bookmark(long revision, boolean initialEventsEnd) {
        if (!stopped) {
            Resource mark = EmptyObjects.of(type)
                    .withMetadata(ObjectMetaBuilder.builder()
                            .resourceVersion(Long.toString(revision))
                            .annotations(initialEventsEnd ? INITIAL_END : Map.of())
                            .build());
            listener.onEvent(new WatchEvent<>(
                    WatchEvent.Type.BOOKMARK, type.objectClass().cast(mark)));
        }
    }

    @Override
    public void closed(ApiException cause) {
        if (!stopped) {
            stopped = true;
            listener.onClosed(cause);
        }
    }
}
