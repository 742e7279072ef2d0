package io.orchestrator.api.client;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;

/**
 * What a request is about: a collection, an object, or a subresource of an object.
 *
 * @param namespace empty for cluster-scoped kinds, and for lists over all namespaces
 * @param name empty for a collection
 * @param subresource such as {@code status}, {@code scale}, {@code binding}, {@code eviction}; empty for the object itself
 */
public record Target<T extends Resource>(ResourceType<T> type, String namespace, String name, String subresource) {

    public static <T extends Resource> Target<T> collection(ResourceType<T> type, String namespace) {
        return new Target<>(type, namespace, "", "");
    }

    public static <T extends Resource> Target<T> object(ResourceType<T> type, String namespace, String name) {
        return new Target<>(type, namespace, name, "");
    }

    public Target<T> subresource(String subresource) {
        return new Target<>(type, namespace, name, subresource);
    }
}
