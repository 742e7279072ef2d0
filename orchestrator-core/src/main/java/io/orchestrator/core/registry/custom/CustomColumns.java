package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceColumnDefinition;
import io.orchestrator.core.registry.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns that a definition adds to tables. Pure functions. */
final class CustomColumns {
    private static final List<CustomResourceColumnDefinition> AGE = List.of(new CustomResourceColumnDefinition(
            "Age", "date", "", "When the object was created.", 0, ".metadata.creationTimestamp"));

    private CustomColumns() {}

    static List<TableColumn<Unstructured>> of(List<CustomResourceColumnDefinition> definitions) {
        List<TableColumn<Unstructured>> columns = new ArrayList<>();
        for (CustomResourceColumnDefinition definition : definitions.isEmpty() ? AGE : definitions) {
            JsonPath path = JsonPath.parse(definition.jsonPath());
            columns.add(new TableColumn<>(
                    definition.name(),
                    definition.type(),
                    definition.format(),
                    definition.description(),
                    definition.priority(),
                    (object, now) -> cell(definition.type(), path.find(object))));
        }
        return columns;
    }

    /** The value as the column's type wants it; null where it is of another. */
    private static @Nullable Object cell(String type, List<Object> found) {
        if (found.isEmpty()) {
            return null;
        }
        Object first = found.get(0);
        return switch (type) {
            case "integer" -> first instanceof Number number ? (Object) number.longValue() : null;
            case "number" -> first instanceof Number ? first : null;
            case "boolean" -> first instanceof Boolean ? first : null;
            case "date" -> date(first);
            default -> found.stream().map(String::valueOf).collect(Collectors.joining(" "));
        };
    }

    private static @Nullable Object date(Object value) {
        try {
            return value instanceof String text ? Time.parse(text).instant() : null;
        } catch (IllegalArgumentException e) {
            // The object says something else there: the cell stays empty, as with any other wrong type.
            return null;
        }
    }
}
