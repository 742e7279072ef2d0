package io.orchestrator.testkit.registry;

import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import java.util.Optional;

/** A store that keeps bytes, as one on another machine does, and that can lose the answer to a write. */
final class DistantStore implements Store {
    private final Store inner;

    /** The next write is carried out, but its caller is not told. */
    boolean loseNextAnswer;

    /** So many watches find the revision forgotten from which they were to begin. */
    int lateWatches;

    /** How often a single object was asked for. */
    int reads;

    DistantStore(Store inner) {
        this.inner = inner;
    }

    @Override
    public long revision() {
        return inner.revision();
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        reads++;
        return inner.get(key);
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        Entry stored = inner.put(key, StoreValue.of(value.bytes()), expect);
        answer();
        return new Entry(key, value, stored.createRevision(), stored.revision());
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        Optional<Removal> removed = inner.delete(key, expect);
        answer();
        return removed;
    }

    private void answer() {
        if (loseNextAnswer) {
            loseNextAnswer = false;
            throw new StoreException.Unavailable("the answer was lost", null);
        }
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        return inner.list(prefix, query);
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        if (lateWatches > 0) {
            lateWatches--;
            throw new StoreException.Compacted(after, after + 1);
        }
        return inner.watch(prefix, after, sink);
    }

    @Override
    public void compact(long revision) {
        inner.compact(revision);
    }

    @Override
    public void close() {
        inner.close();
    }
}
