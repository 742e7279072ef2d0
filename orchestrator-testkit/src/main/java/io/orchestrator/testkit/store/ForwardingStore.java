package io.orchestrator.testkit.store;

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

/**
 * Hands every call on to another store: where a test wants a store that differs from another one in some call alone, it says
 * only what differs. As thread-safe as the other.
 */
public abstract class ForwardingStore implements Store {

    /** The other one, for each call anew. What this throws, the call throws. */
    protected abstract Store inner();

    @Override
    public long revision() {
        return inner().revision();
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        return inner().get(key);
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        return inner().put(key, value, expect);
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        return inner().delete(key, expect);
    }

    @Override
    public Listing list(StoreKey prefix, ListQuery query) {
        return inner().list(prefix, query);
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        return inner().watch(prefix, after, sink);
    }

    @Override
    public void compact(long revision) {
        inner().compact(revision);
    }

    @Override
    public void close() {
        inner().close();
    }
}
