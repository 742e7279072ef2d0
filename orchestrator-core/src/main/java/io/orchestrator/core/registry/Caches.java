package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.Gathering;
import io.orchestrator.core.registry.cache.StoreFeed;
import io.orchestrator.core.registry.cache.WatchCache;
import io.orchestrator.core.registry.webhook.ConversionFailure;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch caches of all kinds: each starts when its kind is first listed or watched, so that a watch that follows the list
 * misses nothing. Thread-safe.
 */
final class Caches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Caches.class);

    private static final long LAST_CHANGES_SECONDS = 1;

    private final Store store;
    private final Environment environment;
    private final Codec codec;
    private final int bound;
    private final Map<ResourceStrategy<?>, CompletableFuture<WatchCache>> caches = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Caches(Store store, Environment environment, Codec codec, int bound) {
        this.store = store;
        this.environment = environment;
        this.codec = codec;
        this.bound = bound;
    }

    /** The running cache of a kind. @param since where it begins when it is not running yet; 0 for now */
    WatchCache of(ResourceStrategy<?> strategy, long since) {
        CompletableFuture<WatchCache> there = caches.get(strategy);
        if (there != null) {
            return await(there);
        }
        CompletableFuture<WatchCache> mine = new CompletableFuture<>();
        CompletableFuture<WatchCache> known = caches.putIfAbsent(strategy, mine);
        if (known != null) {
            return await(known);
        }
        try {
            if (closed) {
                throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the registry is closed");
            }
            AtomicBoolean running = new AtomicBoolean();
            WatchCache cache = new WatchCache(
                    new StoreFeed(store, StoreKeys.folder(strategy.type()), isBrief(strategy)),
                    entry -> decoded(strategy, entry, running.get()),
                    object -> trigger(strategy, object),
                    environment,
                    bound);
            cache.start(since);
            running.set(true);
            mine.complete(cache);
            return cache;
        } catch (RuntimeException e) {
            caches.remove(strategy, mine);
            mine.completeExceptionally(e);
            throw e instanceof StoreException failure ? Failures.of(failure) : e;
        }
    }

    /** Custom resources of another version may have to be converted by a webhook. */
    private static boolean isBrief(ResourceStrategy<?> strategy) {
        return strategy.type().objectClass() != Unstructured.class;
    }

    /** The object of an entry: the very one that was written, or the cached one, or freshly decoded. */
    StoredObject object(ResourceStrategy<?> strategy, Entry entry) {
        if (entry.value() instanceof StoredObject own) {
            return inForm(strategy, own.at(entry.revision()));
        }
        CompletableFuture<WatchCache> running = caches.get(strategy);
        if (running != null && running.isDone() && !running.isCompletedExceptionally()) {
            Optional<StoredObject> cached = running.join().version(entry.key(), entry.revision());
            if (cached.isPresent()) {
                return cached.get();
            }
        }
        return decode(strategy, entry);
    }

    private StoredObject decode(ResourceStrategy<?> strategy, Entry entry) {
        try {
            Resource object = codec.decode(strategy.type(), entry.value().bytes());
            return inForm(strategy, StoredObject.standing(object, entry.revision(), codec));
        } catch (ConversionFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ApiException(
                    Reason.INTERNAL_ERROR,
                    "what is stored under " + entry.key() + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** @param running whether there is a cache already whose watchers can be sent to list again */
    private Optional<StoredObject> decoded(ResourceStrategy<?> strategy, Entry entry, boolean running) {
        try {
            return Optional.of(
                    entry.value() instanceof StoredObject own
                            ? inForm(strategy, own.at(entry.revision()))
                            : decode(strategy, entry));
        } catch (ConversionFailure e) {
            // It may succeed later, and until then nobody may take the rest for everything.
            if (!running) {
                throw e;
            }
            LOG.warn("watches of {} must begin again: {}", strategy.type(), e.getMessage());
            retire(List.of(strategy));
            return Optional.empty();
        } catch (ApiException e) {
            // One broken object must not end the watches of all others; reads of it say what is wrong.
            LOG.error("skipped in watches and stale lists: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** As the kind has it now: a version of another form, which an object may have been written in, is brought into it. */
    private <T extends Resource> StoredObject inForm(ResourceStrategy<T> strategy, StoredObject stored) {
        Resource object = stored.object();
        T formed = strategy.fromStore(strategy.type().objectClass().cast(object));
        return formed == object ? stored : StoredObject.standing(formed, stored.revision(), codec);
    }

    /**
     * Ends the watches of kinds that are no longer served, or no longer in this form. Watchers get a moment to see the last
     * changes.
     */
    void retire(Collection<ResourceStrategy<?>> strategies) {
        for (ResourceStrategy<?> strategy : strategies) {
            CompletableFuture<WatchCache> cache = caches.remove(strategy);
            if (cache != null) {
                cache.thenAccept(running -> environment
                        .timers()
                        .schedule(() -> running.end(retired()), LAST_CHANGES_SECONDS, TimeUnit.SECONDS));
            }
        }
    }

    void report(Gathering gathering) {
        caches.forEach((strategy, starting) -> {
            if (starting.isDone() && !starting.isCompletedExceptionally()) {
                report(strategy.type(), starting.join().standing(), gathering);
            }
        });
    }

    private static void report(ResourceType<?> type, WatchCache.Standing standing, Gathering gathering) {
        String resource = type.group().isEmpty() ? type.plural() : type.plural() + "." + type.group();
        gathering.gauge(
                "apiserver_storage_objects", "How many objects there are.", standing.objects(), "resource", resource);
        gathering.gauge(
                "apiserver_registered_watchers",
                "How many watch a kind, within the process or from outside.",
                standing.watchers(),
                "group",
                type.group(),
                "version",
                type.version(),
                "kind",
                type.kind());
        gathering.gauge(
                "apiserver_watch_cache_resource_version",
                "Up to which version a cache has followed the store.",
                standing.revision(),
                "group",
                type.group(),
                "resource",
                type.plural());
    }

    private static ApiException retired() {
        return new ApiException(Reason.TIMEOUT, "the kind is no longer served in this form");
    }

    @SuppressWarnings("unchecked") // a kind's cache holds objects of that kind only
    private static <T extends Resource> String trigger(ResourceStrategy<T> strategy, Resource object) {
        return strategy.triggerOf((T) object);
    }

    private static WatchCache await(CompletableFuture<WatchCache> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the store cannot be read: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (CompletableFuture<WatchCache> cache : caches.values()) {
            cache.thenAccept(WatchCache::close);
        }
    }
}
