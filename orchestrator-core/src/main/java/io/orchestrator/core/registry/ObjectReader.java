package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Store;
import io.orchestrator.spi.store.StoreException;
import java.util.Optional;

/** Reads single objects, always the newest state. Thread-safe. */
final class ObjectReader {
    private final Store store;
    private final Caches caches;

    ObjectReader(Store store, Caches caches) {
        this.store = store;
        this.caches = caches;
    }

    <T extends Resource> Optional<StoredObject> find(ObjectRef<T> ref) {
        try {
            return store.get(ref.key()).map(entry -> object(ref.strategy(), entry));
        } catch (StoreException e) {
            throw Failures.of(e);
        }
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
