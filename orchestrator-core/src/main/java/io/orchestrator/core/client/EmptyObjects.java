package io.orchestrator.core.client;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Objects that hold nothing, for what carries no more than metadata: bookmarks, and what is left of the deleted. */
public final class EmptyObjects {
    private EmptyObjects() {}

    /** An object of the kind with every component at its empty value. */
    public static <T extends Resource> T of(ResourceType<T> type) {
        RecordComponent[] components = type.objectClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(types).map(EmptyObjects::zero).toArray();
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
