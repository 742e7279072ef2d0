package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.util.function.Consumer;

/** A check of the objects of one kind. */
final class ValidatingKind<K extends Resource> implements Admission {
    private final ResourceType<K> type;
    private final Consumer<Request<K>> check;

    ValidatingKind(ResourceType<K> type, Consumer<Request<K>> check) {
        this.type = type;
        this.check = check;
    }

    @Override
    @SuppressWarnings("unchecked") // equal types have the same class
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        if (request.type().equals(type) && request.isOfObject()) {
            check.accept((Request<K>) request);
        }
    }
}
