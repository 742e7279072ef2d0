package io.orchestrator.core.registry.webhook;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.ResourceStrategy;
import io.orchestrator.core.registry.ServedVersion;
import java.util.Optional;
import java.util.function.Supplier;

/** Objects in the version that a webhook asks for, and back. Thread-safe. */
final class Forms {
    private final Supplier<Catalog> catalog;

    Forms(Supplier<Catalog> catalog) {
        this.catalog = catalog;
    }

    /** @param type of the object, whose resource is served as {@code form} too */
    Resource shown(Resource object, ResourceType<?> type, ResourceType<?> form) {
        if (type.equals(form)) {
            return object;
        }
        if (object instanceof Unstructured custom) {
            return converted(custom, form);
        }
        return version(form).map(version -> read(version, object)).orElse(object);
    }

    /** What an object in a webhook's version means in the one that was asked for. */
    Resource understood(Resource object, ResourceType<?> form, ResourceType<?> type) {
        if (type.equals(form)) {
            return object;
        }
        if (object instanceof Unstructured custom) {
            return converted(custom, type);
        }
        return version(form).map(version -> write(version, object)).orElse(object);
    }

    /** Without what its kind does not know, and with its defaults; bodies of subresources have none. */
    Resource completed(Resource object, ResourceType<?> kind) {
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
