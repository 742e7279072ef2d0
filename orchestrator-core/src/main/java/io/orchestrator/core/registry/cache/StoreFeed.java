package io.orchestrator.core.registry.cache;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.Subscription;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one folder of the store for a cache: lists, watches, takes the watch up again after a failure, and lists again
 * when the place is lost. The store's sink is the only writer of the cache.
 */
public final class StoreFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFeed.class);
    private static final long RETRY_MILLIS = 500;
    private static final int ATTEMPTS = 10;

    private final Store store;
    private final StoreKey folder;
    private final boolean brief;
    private volatile @Nullable Subscription subscription;
    private volatile boolean closed;

    /** @param brief whether nothing that is read from the store has to be asked for elsewhere */
    public StoreFeed(Store store, StoreKey folder, boolean brief) {
        this.store = store;
        this.folder = folder.asFolder();
        this.brief = brief;
    }

    /** A busy store may forget the revision of a list before it can be watched from there: then it is listed again. */
    void start(WatchCache cache, long atRevision) {
        long from = atRevision;
        for (int attempt = 1; ; attempt++) {
            Listing listing = listAt(from);
            cache.reset(listing.revision(), listing.entries());
            try {
                follow(cache, listing.revision());
                return;
            } catch (StoreException.Compacted e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                from = 0;
            }
        }
    }

    private Listing listAt(long revision) {
        try {
            return store.list(folder, ListQuery.all().atRevision(revision));
        } catch (StoreException.Compacted | StoreException.FutureRevision e) {
            return store.list(folder, ListQuery.all());
        }
    }

    private void follow(WatchCache cache, long after) {
        Subscription started = store.watch(folder, after, new Sink(cache, after));
        subscription = started;
        if (closed) {
            started.close();
        }
    }

    /** Up to where the cache was given everything, as of now; 0 where that is not known. */
    long delivered() {
        Subscription running = subscription;
        return running == null ? 0 : running.delivered();
    }

    private final class Sink implements ChangeSink {
        private final WatchCache cache;
        private volatile long last;

        Sink(WatchCache cache, long last) {
            this.cache = cache;
            this.last = last;
        }

        @Override
        public void changes(long revision, List<Change> changes) {
            cache.changes(revision, changes);
            last = revision;
        }

        @Override
        public void progress(long revision) {
            cache.progress(revision);
        }

        @Override
        public boolean isBrief() {
            return brief;
        }

        @Override
        public void closed(StoreException cause) {
            if (closed) {
                return;
            }
            if (cause instanceof StoreException.Closed) {
                cache.fail(WatchCache.unavailable(cause));
                return;
            }
            LOG.debug("the watch of {} ended: {}", folder, cause.getMessage());
            retry(cache, cause instanceof StoreException.Compacted ? -1 : last);
        }
    }

    /** Not in the sink's own call: a store may not be called back from there. */
    private void retry(WatchCache cache, long after) {
        cache.environment()
                .timers()
                .schedule(
                        () -> cache.environment().executor().execute(() -> resume(cache, after)),
                        RETRY_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void resume(WatchCache cache, long after) {
        if (closed) {
            return;
        }
        try {
            if (after < 0) {
                start(cache, 0);
            } else {
                follow(cache, after);
            }
        } catch (StoreException.Compacted e) {
            retry(cache, -1);
        } catch (StoreException.Closed e) {
            cache.fail(WatchCache.unavailable(e));
        } catch (StoreException e) {
            LOG.warn("the store cannot be watched yet: {}", e.getMessage());
            retry(cache, after);
        } catch (ApiException e) {
            LOG.warn("what is stored under {} cannot be read yet: {}", folder, e.getMessage());
            retry(cache, after);
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
