package io.orchestrator.core.auth.token;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.Optional;

/** Reads the objects that a token depends on. Thread-safe. */
@FunctionalInterface
public interface ObjectLookup {
    <T extends Resource> Optional<T> find(ResourceType<T> type, String namespace, String name);

    /** The same without a cache, where this one may be a moment behind. */
    default ObjectLookup fresh() {
        return this;
    }
}
