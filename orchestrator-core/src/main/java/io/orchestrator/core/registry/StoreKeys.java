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
        return folder(type, "");
    }

    /** The folder of a namespace; of the whole kind when it is empty. */
    static StoreKey folder(ResourceType<?> type, String namespace) {
        return key(type, namespace, "");
    }

    // In one concatenation: each request makes a dozen of them.
    static StoreKey key(ResourceType<?> type, String namespace, String name) {
        String group = type.group();
        return new StoreKey(ROOT
                + group
                + (group.isEmpty() ? "" : "/")
                + type.plural()
                + (namespace.isEmpty() ? "" : "/")
                + namespace
                + "/"
                + name);
    }
}
