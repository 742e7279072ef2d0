package io.orchestrator.testkit.store;

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

/** Stands where no store was opened yet, so that a failing {@code open()} is what a test reports. */
enum NoStore implements Store {
    INSTANCE;

    @Override
    public long revision() {
        throw new StoreException.Closed();
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        throw new StoreException.Closed();
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        throw new StoreException.Closed();
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        throw new StoreException.Closed();
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        throw new StoreException.Closed();
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        throw new StoreException.Closed();
    }

    @Override
    public void compact(long revision) {
        throw new StoreException.Closed();
    }

    @Override
    public void close() {}
}
