package io.orchestrator.core.patch.apply;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of records as the wire would have them, where that is not as Java has them. Thread-safe. */
final class WireValues {
    /** What is written as null: an empty list that is never left out, for instance. */
    static final Object NULL = new Object();

    private final JsonTrees trees;

    WireValues(JsonTrees trees) {
        this.trees = trees;
    }

    /** The field's value if it is written; {@link #NULL} if null is; null if nothing is. */
    static @Nullable Object written(FieldSchema field, Object record) {
        Object value = field.get(record);
        if (value != null && (field.nullable() || !field.type().isZero(value))) {
            return value;
        }
        if (!field.alwaysWritten()) {
            return null;
        }
        return value == null || field.type().isNullWhenEmpty() ? NULL : value;
    }

    /** Whether two values are written alike: {@code 0.5} is no other quantity than {@code 500m}. */
    boolean same(TypeSchema type, Object one, Object other) {
        if (one.equals(other)) {
            return true;
        }
        if (one == NULL || other == NULL) {
            return false;
        }
        return switch (type.kind()) {
            case QUANTITY, TIME, MICRO_TIME -> one.toString().equals(other.toString());
            case RAW -> trees.parse(((RawJson) one).json()).equals(trees.parse(((RawJson) other).json()));
            case LIST -> sameItems(type.element(), (List<?>) one, (List<?>) other);
            case MAP -> sameEntries(type.element(), (Map<?, ?>) one, (Map<?, ?>) other);
            case RECORD -> sameFields(type.record(), one, other);
            default -> false;
        };
    }

    private boolean sameItems(TypeSchema element, List<?> one, List<?> other) {
        Iterator<?> others = other.iterator();
        return one.size() == other.size() && one.stream().allMatch(item -> same(element, item, others.next()));
    }

    private boolean sameEntries(TypeSchema element, Map<?, ?> one, Map<?, ?> other) {
        return one.size() == other.size()
                && one.entrySet().stream().allMatch(entry -> {
                    Object value = other.get(entry.getKey());
                    return value != null && same(element, entry.getValue(), value);
                });
    }

    private boolean sameFields(RecordSchema schema, Object one, Object other) {
        return schema.fields().stream().allMatch(field -> {
            Object first = written(field, one);
            Object second = written(field, other);
            return first == null || second == null ? first == second : same(field.type(), first, second);
        });
    }

    /** A scalar as JSON. */
    static String scalar(TypeSchema type, Object value) {
        return switch (type.kind()) {
            case INT, LONG, BOOLEAN -> value.toString();
            case INT_OR_STRING -> {
                IntOrString either = (IntOrString) value;
                yield either.isText() ? quoted(either.text()) : Integer.toString(either.number());
            }
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        Steps.quote(text, json);
        return json.append('"').toString();
    }
}
