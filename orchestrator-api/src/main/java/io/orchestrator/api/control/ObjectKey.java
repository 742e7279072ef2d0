package io.orchestrator.api.control;

import io.orchestrator.api.meta.Resource;
import org.jspecify.annotations.Nullable;

/** Names an object of a known kind. @param namespace empty for cluster-scoped kinds */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

    public static ObjectKey of(Resource object) {
        return new ObjectKey(object.metadata().namespace(), object.metadata().name());
    }

    // Spelled out: what a record does of itself is slow as long as it is not compiled to the last, and every table asks
    // for it.
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof ObjectKey key && name.equals(key.name) && namespace.equals(key.namespace);
    }

    @Override
    public int hashCode() {
        return 31 * namespace.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(ObjectKey other) {
        // objects of one namespace mostly share its text, which a comparison would read to its end
        int byNamespace = namespace.equals(other.namespace) ? 0 : namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
