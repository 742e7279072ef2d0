package io.orchestrator.core.registry;

import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of the tables that {@code kubectl get} prints.
 *
 * @param type as in OpenAPI: {@code string}, {@code integer}, {@code date}
 * @param priority 0 is always shown, more only with {@code -o wide}
 * @param cell the value for an object, at the moment of the request; a string, a number, a boolean, an instant whose age is shown, or
 *     null for nothing
 */
public record TableColumn<T>(
        String name,
        String type,
        String format,
        String description,
        int priority,
        BiFunction<T, Instant, ? extends @Nullable Object> cell) {

    public static <T> TableColumn<T> of(
            String name, String description, BiFunction<T, Instant, ? extends @Nullable Object> cell) {
        return new TableColumn<>(name, "string", "", description, 0, cell);
    }

    public TableColumn<T> integer() {
        return new TableColumn<>(name, "integer", format, description, priority, cell);
    }

    public TableColumn<T> wide() {
        return new TableColumn<>(name, type, format, description, 1, cell);
    }
}
