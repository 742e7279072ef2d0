package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.function.BiFunction;

/** A mutation of the objects of one kind. */
final class MutatingKind<K extends Resource> implements Admission {
    private final ResourceType<K> type;
    private final BiFunction<K, Request<?>, ? extends Resource> change;

    MutatingKind(ResourceType<K> type, BiFunction<K, Request<?>, ? extends Resource> change) {
        this.type = type;
        this.change = change;
    }

    @Override
    @SuppressWarnings("unchecked") // requests of a type are about objects of its class
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        boolean meant = request.type().equals(type) && request.isOfObject();
        return meant ? (T) change.apply(type.objectClass().cast(object), request) : object;
    }
}
