package io.orchestrator.core.registry;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.spi.store.StoreKey;

/** One object of a served kind. @param namespace empty for cluster-scoped kinds */
record ObjectRef<T extends Resource>(ResourceStrategy<T> strategy, String namespace, String name) {

    StoreKey key() {
        return StoreKeys.key(strategy.type(), namespace, name);
    }
}
