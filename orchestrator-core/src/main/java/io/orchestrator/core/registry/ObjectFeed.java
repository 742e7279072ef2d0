package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.registry.cache.WatchSink;
import io.orchestrator.spi.store.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all objects of a kind of the cluster that every request must know, so that none of them looks into the store.
 *
 * <p><b>Threading.</b> One watch at a time, whose events come one by one; the listener is called by whoever brings them.
 */
final class ObjectFeed<T extends Resource> implements WatchSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectFeed.class);
    private static final long PAUSE_SECONDS = 1;

    private final Registry registry;
    private final ResourceType<T> type;
    private final Environment environment;
    private final Consumer<List<T>> listener;
    private final Map<String, T> known = new ConcurrentHashMap<>();
    private volatile @Nullable Subscription subscription;
    private volatile boolean closed;

    /** @param listener told of all that there are, after each change; must not block */
    ObjectFeed(Registry registry, ResourceType<T> type, Environment environment, Consumer<List<T>> listener) {
        this.registry = registry;
        this.type = type;
        this.environment = environment;
        this.listener = listener;
    }

    /** Returns when the listener knows all that there are. */
    void start() {
        Target<T> all = Target.collection(type, "");
        Page page = registry.list(all, ListOptions.all());
        known.clear();
        page.objects().forEach(this::take);
        tell();
        subscription = registry.watch(all, ListOptions.all().since(Long.toString(page.revision())), this);
    }

    private void take(StoredObject stored) {
        known.put(stored.object().metadata().name(), type.objectClass().cast(stored.object()));
    }

    private void tell() {
        listener.accept(List.copyOf(known.values()));
    }

    @Override
    public void event(WatchEvent.Type change, StoredObject object) {
        if (change == WatchEvent.Type.DELETED) {
            known.remove(object.object().metadata().name());
        } else {
            take(object);
        }
        tell();
    }

    @Override
    public void bookmark(long revision, boolean initialEventsEnd) {
        // Nothing is kept that a revision would be good for.
    }

    @Override
    public void closed(ApiException cause) {
        if (!closed) {
            LOG.debug("the {} are listed again: {}", type.plural(), cause.getMessage());
            later();
        }
    }

    private void later() {
        try {
            environment
                    .timers()
                    .schedule(() -> environment.executor().execute(this::again), PAUSE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the {} are not followed any more: the environment is closed", type.plural());
        }
    }

    private void again() {
        if (closed) {
            return;
        }
        try {
            start();
        } catch (ApiException e) {
            LOG.warn("the {} cannot be read, and are tried again: {}", type.plural(), e.getMessage());
            later();
        }
    }

    @Override
    public void close() {
        closed = true;
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
    }
}
