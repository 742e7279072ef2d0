package io.orchestrator.api.control;

import io.orchestrator.api.meta.Resource;

/** Names an object of a known kind. @param namespace empty for cluster-scoped kinds */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

    public static ObjectKey of(Resource object) {
        return new ObjectKey(object.metadata().namespace(), object.metadata().name());
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
