package io.orchestrator.testkit.simulation;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers which keys were written, so that after a step only those invariants are checked that it concerns. */
final class ObservedStore implements Store {
    private final Store inner;
    private List<String> written = new ArrayList<>();

    ObservedStore(Store inner) {
        this.inner = inner;
    }

    /** The paths of the keys that were written since this was asked the last time. */
    List<String> takeWritten() {
        if (written.isEmpty()) {
            return List.of();
        }
        List<String> taken = written;
        written = new ArrayList<>();
        return taken;
    }

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
        Entry entry = inner.put(key, value, expect);
        written.add(key.path());
        return entry;
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        Optional<Removal> removal = inner.delete(key, expect);
        written.add(key.path());
        return removal;
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
        inner.close();
    }
}
