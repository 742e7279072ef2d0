package io.orchestrator.core.registry.custom;

import io.orchestrator.core.cel.ExpressionValues;
import io.orchestrator.core.cel.FieldNames;
import io.orchestrator.core.schema.StructuralSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values as rules see them: by their schema's types and under names that expressions can write. Pure functions. */
final class RuleValues {
    static final Set<String> OF_OBJECTS = Set.of("apiVersion", "kind", "metadata");
    private static final Set<String> SEEN_METADATA = Set.of("name", "generateName");

    private RuleValues() {}

    /** The whole object; of its metadata only the names. */
    static Object root(Map<?, ?> object, StructuralSchema schema) {
        Map<String, Object> values = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            StructuralSchema child = schema.properties().get((String) name);
            if (name.equals("metadata") && value instanceof Map<?, ?> metadata) {
                Map<String, Object> names = new LinkedHashMap<>();
                SEEN_METADATA.forEach(each -> {
                    if (metadata.get(each) instanceof String text) {
                        names.put(each, text);
                    }
                });
                values.put("metadata", names);
            } else if (child != null) {
                Object seen = of(value, child);
                FieldNames.forms((String) name).forEach(form -> values.put(form, seen));
            } else if (OF_OBJECTS.contains(name)) {
                values.put((String) name, ExpressionValues.of(value));
            }
        });
        return values;
    }

    static Object of(@Nullable Object value, StructuralSchema schema) {
        if (value == null) {
            return ExpressionValues.of(null);
        }
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> values = new LinkedHashMap<>();
            object.forEach((name, each) -> {
                StructuralSchema own = schema.properties().get((String) name);
                StructuralSchema child = own != null ? own : schema.additional();
                Object seen = child == null ? ExpressionValues.of(each) : of(each, child);
                if (own == null) {
                    values.put((String) name, seen);
                } else {
                    FieldNames.forms((String) name).forEach(form -> values.put(form, seen));
                }
            });
            return values;
        }
        StructuralSchema items = schema.items();
        if (value instanceof List<?> list && items != null) {
            List<Object> values = new ArrayList<>(list.size());
            list.forEach(each -> values.add(of(each, items)));
            return values;
        }
        if (value instanceof Number number) {
            return switch (schema.type()) {
                case "number" -> number.doubleValue();
                case "integer" -> number.longValue();
                default -> value;
            };
        }
        return value instanceof String text ? text(text, schema) : ExpressionValues.of(value);
    }

    private static Object text(String text, StructuralSchema schema) {
        return switch (schema.declared().format()) {
            case "date-time" -> Instant.parse(text);
            case "date" -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            case "duration" -> duration(text);
            case "byte" -> ExpressionValues.bytes(text);
            default -> text;
        };
    }

    private static Object duration(String text) {
        Duration span = ExpressionValues.duration(text);
        return span == null ? text : span;
    }
}
