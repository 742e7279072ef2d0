package io.orchestrator.core.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.env.Environment;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One informer per kind for everybody in the process. As a {@link View} it answers for the kinds that somebody asked an
 * informer for.
 *
 * <p><b>Threads.</b> Safe for concurrent use.
 */
public final class SharedInformers implements View, AutoCloseable {
    private final ApiTransport transport;
    private final Environment environment;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<ResourceType<?>, Informer<?>> informers = new LinkedHashMap<>();

    @GuardedBy("lock")
    private boolean started;

    @GuardedBy("lock")
    private boolean closed;

    public SharedInformers(ApiTransport transport, Environment environment) {
        this.transport = transport;
        this.environment = environment;
    }

    /** The informer of this kind over all namespaces; made, and started after {@link #start()}, when it is new. */
    public <T extends Resource> Informer<T> informer(ResourceType<T> type) {
        Informer<T> informer;
        boolean start;
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("these informers are closed");
            }
            informer = of(type);
            if (informer == null) {
                informer = new Informer<>(transport, type, environment);
                informers.put(type, informer);
            }
            start = started;
        }
        if (start) {
            informer.start();
        }
        return informer;
    }

    /** Starts all that are there and all that come. Idempotent. */
    public void start() {
        List<Informer<?>> all;
        synchronized (lock) {
            started = true;
            all = List.copyOf(informers.values());
        }
        all.forEach(Informer::start);
    }

    /** Whether all that are there have synced. */
    public boolean hasSynced() {
        synchronized (lock) {
            return informers.values().stream().allMatch(Informer::hasSynced);
        }
    }

    /** Runs the action once the informers of these kinds have all synced. */
    public void whenSynced(Collection<? extends ResourceType<?>> types, Runnable action) {
        if (types.isEmpty()) {
            action.run();
            return;
        }
        AtomicInteger missing = new AtomicInteger(types.size());
        for (ResourceType<?> type : types) {
            informer(type).whenSynced(() -> {
                if (missing.decrementAndGet() == 0) {
                    action.run();
                }
            });
        }
    }

    @Override
    public <T extends Resource> Optional<T> get(ResourceType<T> type, ObjectKey key) {
        return existing(type).get(key);
    }

    @Override
    public <T extends Resource> List<T> list(ResourceType<T> type, String namespace) {
        return existing(type).list(namespace);
    }

    @Override
    public <T extends Resource> List<T> list(ResourceType<T> type, String namespace, Map<String, String> labels) {
        return existing(type).list(namespace, labels);
    }

    @Override
    public <T extends Resource> List<T> ownedBy(ResourceType<T> type, String ownerUid) {
        return existing(type).ownedBy(ownerUid);
    }

    @Override
    public <T extends Resource> List<T> byIndex(ResourceType<T> type, String index, String value) {
        return existing(type).byIndex(index, value);
    }

    /** Ends all watches. What is in the caches stays readable. Idempotent. */
    @Override
    public void close() {
        List<Informer<?>> all;
        synchronized (lock) {
            closed = true;
            all = List.copyOf(informers.values());
        }
        all.forEach(Informer::close);
    }

    private <T extends Resource> Informer<T> existing(ResourceType<T> type) {
        Informer<T> informer;
        synchronized (lock) {
            informer = of(type);
        }
        if (informer == null) {
            throw new IllegalArgumentException("no cache of " + type.kind() + " was declared");
        }
        return informer;
    }

    /** Safe because {@link #informer} puts an informer only under its own type. */
    @GuardedBy("lock")
    @SuppressWarnings("unchecked")
    private <T extends Resource> @Nullable Informer<T> of(ResourceType<T> type) {
        return (Informer<T>) informers.get(type);
    }
}
