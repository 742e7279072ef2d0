package io.orchestrator.core.client;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Objects that hold nothing, as bookmarks carry them. */
final class Bookmarks {
    private Bookmarks() {}

    /** An object of the kind with every component at its empty value. */
    static <T extends Resource> T empty(ResourceType<T> type) {
        RecordComponent[] components = type.objectClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(types).map(Bookmarks::zero).toArray();
        try {
            return type.objectClass().getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made empty", e);
        }
    }

    private static @org.jspecify.annotations.Nullable Object zero(Class<?> type) {
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == boolean.class ? Boolean.FALSE : null;
    }
}
