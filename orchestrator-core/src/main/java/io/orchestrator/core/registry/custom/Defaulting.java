package io.orchestrator.core.registry.custom;

import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives fields the values that their schemas have for them. Pure functions; what needs nothing is returned as it is. */
final class Defaulting {
    private Defaulting() {}

    static Unstructured of(Unstructured object, StructuralSchema schema) {
        Map<String, @Nullable Object> complete = object(object.fields(), schema);
        return complete == object.fields() ? object : object.withFields(complete);
    }

    static @Nullable Object value(@Nullable Object value, StructuralSchema schema) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // JSON objects have names for keys
            Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
            return object(object, schema);
        }
        StructuralSchema items = schema.items();
        if (value instanceof List<?> list && items != null) {
            List<@Nullable Object> complete = new ArrayList<>(list.size());
            boolean same = true;
            for (Object item : list) {
                Object other =
                        isNullToReplace(item, items) ? items.defaultValue().orElse(null) : value(item, items);
                same &= other == item;
                complete.add(other);
            }
            return same ? list : complete;
        }
        return value;
    }

    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> object, StructuralSchema schema) {
        Map<String, @Nullable Object> complete = new LinkedHashMap<>(object);
        boolean same = true;
        for (Map.Entry<String, StructuralSchema> property : schema.properties().entrySet()) {
            String name = property.getKey();
            StructuralSchema child = property.getValue();
            boolean absent = !object.containsKey(name) || isNullToReplace(object.get(name), child);
            if (absent && child.defaultValue().isPresent()) {
                complete.put(name, child.defaultValue().get());
                same = false;
            }
        }
        for (Map.Entry<String, @Nullable Object> field : complete.entrySet()) {
            StructuralSchema child = schema.child(field.getKey());
            Object value = field.getValue();
            if (child == null || child == StructuralSchema.ANYTHING) {
                continue;
            }
            boolean additional = !schema.properties().containsKey(field.getKey());
            Object other = additional && isNullToReplace(value, child)
                    ? child.defaultValue().orElse(null)
                    : value(value, child);
            if (other != value) {
                field.setValue(other);
                same = false;
            }
        }
        if (dropNulls(complete, schema)) {
            same = false;
        }
        return same ? object : complete;
    }

    /** A null that the schema does not allow, where it has a value instead. */
    private static boolean isNullToReplace(@Nullable Object value, StructuralSchema schema) {
        return value == null && !schema.nullable() && schema.defaultValue().isPresent();
    }

    /** Nulls of known fields that may not be null and have no default count as absent. */
    private static boolean dropNulls(Map<String, @Nullable Object> object, StructuralSchema schema) {
        return object.entrySet().removeIf(field -> {
            StructuralSchema child = schema.properties().get(field.getKey());
            return field.getValue() == null
                    && child != null
                    && !child.nullable()
                    && child.defaultValue().isEmpty();
        });
    }
}
