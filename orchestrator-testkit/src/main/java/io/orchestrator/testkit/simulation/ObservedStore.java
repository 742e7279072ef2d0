package io.orchestrator.testkit.simulation;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.Removal;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.testkit.store.ForwardingStore;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one life of an API server has of the store: tells which keys it writes, and may be cut off right after a write, which the
 * server then does not know to have been carried out.
 */
final class ObservedStore extends ForwardingStore {
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
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        Entry entry = super.put(key, value, expect);
        wrote(key);
        return entry;
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        Optional<Removal> removal = super.delete(key, expect);
        wrote(key);
        return removal;
    }

    private void wrote(StoreKey key) {
        written.accept(key.path());
        if (++writes == lastWrite) {
            cut = true;
            inner();
        }
    }

    /** The store goes on, for the next life. */
    @Override
    public void close() {
        cut = true;
    }

    @Override
    protected Store inner() {
        if (cut) {
            throw new StoreException.Unavailable("the simulation let this API server die", null);
        }
        return inner;
    }
}
