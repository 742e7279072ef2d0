package io.orchestrator.core.embed;

import io.orchestrator.core.store.MemoryStore;
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

/** One cluster's connection to a store that others use too, and which stays when it is closed; keeps bytes, as such a store does. */
record SharedStore(MemoryStore inner) implements Store {
    @Override
    public long revision() {
        return inner.revision();
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        return inner.get(key);
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        Entry stored = inner.put(key, StoreValue.of(value.bytes()), expect);
        return new Entry(key, value, stored.createRevision(), stored.revision());
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        return inner.delete(key, expect);
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        return inner.list(prefix, query);
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        return inner.watch(prefix, after, sink);
    }

    @Override
    public void compact(long revision) {
        inner.compact(revision);
    }

    @Override
    public void close() {
        // The others go on.
    }
}
