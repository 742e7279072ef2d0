package io.orchestrator.samples.embed;

import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.Listing;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.spi.store.Subscription;
import java.util.Optional;

/** A store that outlives the clusters that are opened on it, as one on a disk would. */
public record LastingStore(Store store) implements Store {
    @Override
    public long revision() {
        return store.revision();
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        return store.get(key);
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        return store.put(key, value, expect);
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        return store.delete(key, expect);
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        return store.list(prefix, query);
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        return store.watch(prefix, after, sink);
    }

    @Override
    public void compact(long revision) {
        store.compact(revision);
    }

    @Override
    public void close() {
        // Whoever made the store closes it.
    }
}
