package io.orchestrator.testkit.store;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;

/**
 * One cluster's connection to a store that outlives it, and that others may use too: closing it leaves the store open. As one on
 * a disk or another machine does, it keeps the bytes of what is put, not the value itself.
 */
public final class LastingStore extends ForwardingStore {
    private final Store store;

    /** @param store stays the caller's to close */
    public LastingStore(Store store) {
        this.store = store;
    }

    @Override
    protected Store inner() {
        return store;
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        Entry stored = super.put(key, StoreValue.of(value.bytes()), expect);
        return new Entry(key, value, stored.createRevision(), stored.revision());
    }

    @Override
    public void close() {
        // Whoever made the store closes it; the others go on.
    }
}
