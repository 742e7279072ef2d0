package io.orchestrator.core.registry.policy;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.ServedVersion;
import io.orchestrator.core.registry.admission.Admission.Request;
import java.util.Optional;
import java.util.function.Supplier;

/** Objects in the version that a policy or webhook asks for, and back. Thread-safe. */
public final class Forms {
    private final Supplier<Catalog> catalog;

    /** @param catalog the kinds that are served at the moment of a request */
    public Forms(Supplier<Catalog> catalog) {
        this.catalog = catalog;
    }

    /**
     * Whether what a request is about has other forms: the bodies of subresources are the same in all versions of their resource.
     */
    public static boolean areOf(Request<?> request) {
        return request.kind().equals(request.type());
    }

    /** @param type of the object, whose resource is served as {@code form} too */
    public Resource shown(Resource object, ResourceType<?> type, ResourceType<?> form) {
        if (type.equals(form)) {
            return object;
        }
        if (object instanceof Unstructured custom) {
            return converted(custom, form);
        }
        return version(form).map(version -> read(version, object)).orElse(object);
    }

    /** What an object in a webhook's version means in the one that was asked for. */
    public Resource understood(Resource object, ResourceType<?> form, ResourceType<?> type) {
        if (type.equals(form)) {
            return object;
        }
        if (object instanceof Unstructured custom) {
            return converted(custom, type);
        }
        return version(form).map(version -> write(version, object)).orElse(object);
    }

    /** Without what its kind does not know, and with its defaults; bodies of subresources have none. */
    public Resource completed(Resource object, ResourceType<?> kind) {
        return catalog.get()
                .stored(kind)
                .map(strategy -> completed(strategy, object))
                .orElse(object);
    }

    private Unstructured converted(Unstructured object, ResourceType<?> form) {
        return catalog.get()
                .stored(form)
                .map(strategy -> (Unstructured) fromStore(strategy, object))
                .orElse(object);
    }

    private Optional<ServedVersion<?, ?>> version(ResourceType<?> form) {
        return catalog.get().version(form);
    }

    private static <T extends Resource> Resource fromStore(ResourceStrategy<T> strategy, Resource object) {
        return strategy.fromStore(strategy.type().objectClass().cast(object));
    }

    private static <T extends Resource> Resource completed(ResourceStrategy<T> strategy, Resource object) {
        Class<T> kind = strategy.type().objectClass();
        return kind.isInstance(object)
                ? strategy.defaulted(strategy.conforming(kind.cast(object)).value())
                : object;
    }

    private static <T extends Resource> Resource read(ServedVersion<?, T> version, Resource object) {
        return version.read().apply(version.stored().objectClass().cast(object));
    }

    private static <V extends Resource> Resource write(ServedVersion<V, ?> version, Resource object) {
        return version.write().apply(version.type().objectClass().cast(object));
    }
}
