package io.orchestrator.core.registry;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.spi.store.StoreKey;

/**
 * Where objects stand in the store, as Kubernetes lays them out: {@code /registry/pods/default/web},
 * {@code /registry/apps/deployments/default/web}.
 */
final class StoreKeys {
    private static final String ROOT = "/registry/";

    private StoreKeys() {}

    static StoreKey folder(ResourceType<?> type) {
        return new StoreKey(ROOT + (type.group().isEmpty() ? "" : type.group() + "/") + type.plural() + "/");
    }

    /** The folder of a namespace; of the whole kind when it is empty. */
    static StoreKey folder(ResourceType<?> type, String namespace) {
        return namespace.isEmpty() ? folder(type) : new StoreKey(folder(type).path() + namespace + "/");
    }

    static StoreKey key(ResourceType<?> type, String namespace, String name) {
        return new StoreKey(folder(type, namespace).path() + name);
    }
}
