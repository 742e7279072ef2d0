package io.orchestrator.core.shape;

import io.orchestrator.core.cel.FieldNames;
import io.orchestrator.core.cel.ValueShape;
import io.orchestrator.core.cel.ValueType;
import io.orchestrator.core.schema.StructuralSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules may know of values by their schema. Sizes are those that the schema allows, or else as much as fits into a request.
 * Pure functions.
 */
public final class SchemaShapes {
    /** As much as Kubernetes reckons with, whatever a server takes. */
    public static final long LARGEST_REQUEST = 3 * 1024 * 1024;

    private static final long MOST_BYTES_OF_CHARACTER = 4;
    private static final ValueShape TEXT = ValueShape.simple(ValueType.TEXT, LARGEST_REQUEST - 2, 2);
    private static final ValueShape METADATA = ValueShape.object(Map.of("name", TEXT, "generateName", TEXT), 2);

    private SchemaShapes() {}

    /** @param object whether it is a whole object of the API; null where rules see nothing of the value */
    public static @Nullable ValueShape of(StructuralSchema schema, boolean object) {
        ValueShape shape = plain(schema, object);
        return shape != null && schema.nullable() ? shape.orNull() : shape;
    }

    private static @Nullable ValueShape plain(StructuralSchema schema, boolean object) {
        if (schema.intOrString()) {
            return ValueShape.simple(ValueType.ANY, longestText(schema, LARGEST_REQUEST - 2), 1);
        }
        return switch (schema.type()) {
            case "array" -> list(schema);
            case "object" -> object(schema, object);
            case "string" -> text(schema);
            case "boolean" -> ValueShape.simple(ValueType.TRUTH, 0, 4);
            case "number" -> ValueShape.simple(ValueType.FLOATING, 0, 1);
            case "integer" -> ValueShape.simple(ValueType.WHOLE, 0, 1);
            default -> null;
        };
    }

    private static @Nullable ValueShape list(StructuralSchema schema) {
        StructuralSchema items = schema.items();
        ValueShape item = items == null ? null : of(items, items.embeddedResource());
        if (item == null) {
            return null;
        }
        Long most = schema.declared().maxItems();
        return ValueShape.list(item, most == null ? (LARGEST_REQUEST - 2) / (item.smallest() + 1) : Math.max(0, most));
    }

    private static @Nullable ValueShape object(StructuralSchema schema, boolean object) {
        StructuralSchema additional = schema.additional();
        if (additional != null && !object) {
            ValueShape value = of(additional, additional.embeddedResource());
            Long most = schema.declared().maxProperties();
            // Beside the value two quotes, a colon, a comma and a name of two characters.
            return value == null
                    ? null
                    : ValueShape.map(
                            value, most == null ? (LARGEST_REQUEST - 2) / (value.smallest() + 6) : Math.max(0, most));
        }
        Map<String, ValueShape> fields = new HashMap<>();
        long smallest = 2;
        for (Map.Entry<String, StructuralSchema> property : schema.properties().entrySet()) {
            String name = property.getKey();
            ValueShape field = of(property.getValue(), property.getValue().embeddedResource());
            if (field == null) {
                continue;
            }
            FieldNames.forms(name).forEach(form -> fields.put(form, field));
            boolean sent = schema.declared().required().contains(name)
                    && property.getValue().defaultValue().isEmpty();
            if (sent) {
                smallest += name.length() + field.smallest() + 4;
            }
        }
        if (object) {
            fields.put("apiVersion", TEXT);
            fields.put("kind", TEXT);
            fields.put("metadata", METADATA);
        }
        return ValueShape.object(fields, smallest);
    }

    private static ValueShape text(StructuralSchema schema) {
        return switch (schema.declared().format()) {
            case "byte" -> {
                Long most = schema.declared().maxLength();
                yield ValueShape.simple(ValueType.BYTES, most == null ? LARGEST_REQUEST - 2 : Math.max(0, most), 2);
            }
            case "duration" -> ValueShape.simple(ValueType.SPAN, 32, 3);
            case "date" -> ValueShape.simple(ValueType.MOMENT, 12, 12);
            case "date-time" -> ValueShape.simple(ValueType.MOMENT, 32, 21);
            default -> {
                List<@Nullable Object> values = schema.enumValues();
                long longest = values.isEmpty()
                        ? LARGEST_REQUEST - 2
                        : values.stream()
                                .filter(String.class::isInstance)
                                .mapToLong(value -> String.valueOf(value).length())
                                .max()
                                .orElse(0);
                yield ValueShape.simple(ValueType.TEXT, longestText(schema, longest), 2);
            }
        };
    }

    private static long longestText(StructuralSchema schema, long otherwise) {
        Long most = schema.declared().maxLength();
        return most == null ? otherwise : Math.max(0, most) * MOST_BYTES_OF_CHARACTER;
    }
}
