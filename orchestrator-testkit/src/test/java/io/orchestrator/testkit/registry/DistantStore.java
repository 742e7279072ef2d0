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
import io.orchestrator.testkit.store.ForwardingStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store that keeps bytes, as one on another machine does, and that can lose the answer to a write. */
final class DistantStore extends ForwardingStore {
    private final Store inner;

    /** The next write is carried out, but its caller is not told. */
    boolean loseNextAnswer;

    /** Writes under a path with this in it are not carried out for now, and their callers are told so. */
    String refused = "none";

    /** So many watches find the revision forgotten from which they were to begin. */
    int lateWatches;

    /** How often a single object was asked for. */
    int reads;

    /** The folders of the watches that run, once for each. */
    final List<String> watched = new CopyOnWriteArrayList<>();

    private String listed = "";
    private Runnable meanwhile = () -> {};

    DistantStore(Store inner) {
        this.inner = inner;
    }

    @Override
    protected Store inner() {
        return inner;
    }

    /** What happens once, right before the answer to the next list under a path with this in it. */
    void duringNextList(String part, Runnable action) {
        listed = part;
        meanwhile = action;
    }

    @Override
    public Optional<Entry> get(StoreKey key) {
        reads++;
        return super.get(key);
    }

    @Override
    public Entry put(StoreKey key, StoreValue value, Expect expect) {
        if (key.path().contains(refused)) {
            throw StoreException.Unavailable.unwritten("not now", null);
        }
        Entry stored = super.put(key, StoreValue.of(value.bytes()), expect);
        answer();
        return new Entry(key, value, stored.createRevision(), stored.revision());
    }

    @Override
    public Optional<Removal> delete(StoreKey key, Expect expect) {
        Optional<Removal> removed = super.delete(key, expect);
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
        if (!listed.isEmpty() && prefix.path().contains(listed)) {
            listed = "";
            meanwhile.run();
        }
        return super.list(prefix, query);
    }

    @Override
    public Subscription watch(StoreKey prefix, long after, ChangeSink sink) {
        if (lateWatches > 0) {
            lateWatches--;
            throw new StoreException.Compacted(after, after + 1);
        }
        Subscription running = super.watch(prefix, after, sink);
        watched.add(prefix.path());
        AtomicBoolean runs = new AtomicBoolean(true);
        return () -> {
            running.close();
            if (runs.getAndSet(false)) {
                watched.remove(prefix.path());
            }
        };
    }
}
