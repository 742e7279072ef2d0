package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import java.util.Optional;

/** Reads single objects. Thread-safe. */
final class ObjectReader {
    private final Store store;
    private final Caches caches;
    private final OwnWrites writes;

    ObjectReader(Store store, Caches caches, OwnWrites writes) {
        this.store = store;
        this.caches = caches;
        this.writes = writes;
    }

    /** The newest state. */
    <T extends Resource> Optional<StoredObject> find(ObjectRef<T> ref) {
        try {
            return store.get(ref.key()).map(entry -> object(ref.strategy(), entry));
        } catch (StoreException e) {
            throw Failures.of(e);
        }
    }

    /**
     * The object from a cache, where that shows all that this registry has written and has the object at all; else as of now.
     * What another registry on the same store has written may not be there yet.
     */
    <T extends Resource> Optional<StoredObject> known(ObjectRef<T> ref) {
        long own = writes.newest(ref.strategy());
        Optional<StoredObject> cached = caches.of(ref.strategy(), 0).known(ref.key(), own);
        return cached.isPresent() ? cached : find(ref);
    }

    /** @throws io.orchestrator.api.client.ApiException with reason NotFound */
    <T extends Resource> StoredObject get(ObjectRef<T> ref) {
        return find(ref).orElseThrow(() -> Failures.notFound(ref.strategy().type(), ref.name()));
    }

    /** The object of an entry: the shared version where this process has it, else decoded. */
    StoredObject object(ResourceStrategy<?> strategy, Entry entry) {
        return caches.object(strategy, entry);
    }
}
