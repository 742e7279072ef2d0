package io.orchestrator.core.auth.token;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.Optional;

/** Reads the objects that a token depends on. Thread-safe; may be a moment behind for what is gone, never for what is there. */
@FunctionalInterface
public interface ObjectLookup {
    <T extends Resource> Optional<T> find(ResourceType<T> type, String namespace, String name);
}
