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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
    private final Supplier<Catalog> catalog;
    private final Map<ResourceStrategy<?>, ServedCache> caches = new ConcurrentHashMap<>();
    /** Held while a cache passes from one strategy to another or is given up, so that it is under no strategy or under its own. */
    private final Object passing = new Object();

    private volatile boolean closed;

    /** @param catalog what is served now */
    Caches(Store store, Environment environment, Codec codec, int bound, Supplier<Catalog> catalog) {
        this.store = store;
        this.environment = environment;
        this.codec = codec;
        this.bound = bound;
        this.catalog = catalog;
    }

    /**
     * The running cache of a kind.
     *
     * @param since where it begins when it is not running yet; 0 for now
     * @throws ApiException with reason NotFound when the kind is served no longer
     */
    WatchCache of(ResourceStrategy<?> strategy, long since) {
        ServedCache there = caches.get(strategy);
        if (there != null) {
            return there.await();
        }
        ServedCache mine = new ServedCache(strategy);
        ServedCache known = caches.putIfAbsent(strategy, mine);
        if (known != null) {
            return known.await();
        }
        try {
            if (closed) {
                throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the registry is closed");
            }
            // Whoever changes the catalog looks here afterwards: what starts is seen there, or the change is seen here.
            ResourceStrategy<?> now = catalog.get().strategy(strategy.type());
            if (isLeft(mine, now)) {
                mine.failed(retired());
                return of(now, since);
            }
            WatchCache cache = started(mine, since);
            mine.started(cache);
            return cache;
        } catch (StoreException e) {
            giveUp(mine);
            mine.failed(e);
            throw Failures.of(e);
        } catch (RuntimeException | Error e) {
            // Whoever waits for it would do so for ever.
            giveUp(mine);
            mine.failed(e);
            throw e;
        }
    }

    private WatchCache started(ServedCache mine, long since) {
        ResourceStrategy<?> strategy = mine.strategy();
        WatchCache cache = new WatchCache(
                new StoreFeed(store, StoreKeys.folder(strategy.type()), isBrief(strategy)),
                entry -> decoded(mine, entry),
                object -> trigger(mine.strategy(), object),
                environment,
                bound);
        cache.start(since);
        return cache;
    }

    /** Whether the cache is of a strategy that serves the kind no longer, and was not handed on either: then it is given up. */
    private boolean isLeft(ServedCache mine, ResourceStrategy<?> now) {
        synchronized (passing) {
            boolean left = mine.strategy() != now;
            if (left) {
                giveUp(mine);
            }
            return left;
        }
    }

    /** Takes it away from whichever strategies it is under. Whether it was under any. */
    private boolean giveUp(ServedCache cache) {
        synchronized (passing) {
            return caches.values().removeIf(each -> each == cache);
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
        ServedCache served = caches.get(strategy);
        if (served != null) {
            Optional<StoredObject> cached =
                    served.running().flatMap(cache -> cache.version(entry.key(), entry.revision()));
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

    /** @throws ConversionFailure when the object may be readable later; the cache then has not seen it */
    private Optional<StoredObject> decoded(ServedCache cache, Entry entry) {
        ResourceStrategy<?> strategy = cache.strategy();
        try {
            return Optional.of(
                    entry.value() instanceof StoredObject own
                            ? inForm(strategy, own.at(entry.revision()))
                            : decode(strategy, entry));
        } catch (ConversionFailure e) {
            // Until it succeeds nobody may take the rest for everything, or the object for gone: whoever watches lists
            // again.
            if (cache.running().isPresent() && giveUp(cache)) {
                LOG.warn("watches of {} must begin again: {}", strategy.type(), e.getMessage());
                endSoon(cache);
            }
            throw e;
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
            ServedCache cache;
            synchronized (passing) {
                cache = caches.remove(strategy);
            }
            if (cache != null) {
                endSoon(cache);
            }
        }
    }

    private void endSoon(ServedCache cache) {
        cache.whenRunning(running ->
                environment.timers().schedule(() -> running.end(retired()), LAST_CHANGES_SECONDS, TimeUnit.SECONDS));
    }

    /**
     * Watches of a kind go on where another strategy serves it in the same form from now on.
     *
     * @param publish makes those strategies known: who knows them already finds the caches there, as does who does not yet
     */
    void hand(Map<ResourceStrategy<?>, ResourceStrategy<?>> followed, Runnable publish) {
        synchronized (passing) {
            followed.forEach((then, now) -> {
                ServedCache cache = caches.get(then);
                if (cache != null) {
                    cache.follow(now);
                    caches.put(now, cache);
                }
            });
        }
        publish.run();
        followed.forEach(this::handLate);
    }

    /** One that began to start in between is handed over too, unless the other strategy has one by now. */
    private void handLate(ResourceStrategy<?> then, ResourceStrategy<?> now) {
        synchronized (passing) {
            ServedCache late = caches.remove(then);
            if (late == null) {
                return;
            }
            ServedCache there = caches.putIfAbsent(now, late);
            if (there == null) {
                late.follow(now);
            } else if (there != late) {
                endSoon(late);
            }
        }
    }

    void report(Gathering gathering) {
        caches.forEach((strategy, served) ->
                served.running().ifPresent(cache -> report(strategy.type(), cache.standing(), gathering)));
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

    @Override
    public void close() {
        closed = true;
        caches.values().forEach(cache -> cache.whenRunning(WatchCache::close));
    }
}
