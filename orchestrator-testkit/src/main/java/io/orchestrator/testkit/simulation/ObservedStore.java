package io.orchestrator.testkit.simulation;

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
import java.util.function.Consumer;

/**
 * What one life of an API server has of the store: tells which keys it writes, and may be cut off right after a write, which the
 * server then does not know to have been carried out.
 */
final class ObservedStore implements Store {
    private final Store inner;
    private final Consumer<String> written;
    private int writes;
    private int lastWrite;
    private boolean cut;

    /** @param written gets the path of each key */
    ObservedStore(Store inner, Consumer<String> written) {
        this.inner = inner;
        this.written = written;
    }

    /** The n-th write from now on is the last. */
    void cutAfterWrite(int n) {
        lastWrite = writes + n;
    }

    /** Nothing gets through any more. */
    void cut() {
        cut = true;
    }

    boolean isCut() {
        return cut;
    }

    @Override
    public long revision() {
        return reached().revision();
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        return reached().get(key);
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        Entry entry = reached().put(key, value, expect);
        wrote(key);
        return entry;
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        Optional<Removal> removal = reached().delete(key, expect);
        wrote(key);
        return removal;
    }

    private void wrote(StoreKey key) {
        written.accept(key.path());
        if (++writes == lastWrite) {
            cut = true;
            reached();
        }
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        return reached().list(prefix, query);
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        return reached().watch(prefix, after, sink);
    }

    @Override
    public void compact(long revision) {
        reached().compact(revision);
    }

    /** The store goes on, for the next life. */
    @Override
    public void close() {
        cut = true;
    }

    private Store reached() {
        if (cut) {
            throw new StoreException.Unavailable("the simulation let this API server die", null);
        }
        return inner;
    }
}
