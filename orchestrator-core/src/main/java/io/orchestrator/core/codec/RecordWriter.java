package io.orchestrator.core.codec;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as Go writes the structs they stand for: fields in order of declaration, empty ones left out unless the
 * schema says otherwise, structs that are no pointers always, map keys sorted. Confined to one encoding.
 */
final class RecordWriter {
    private static final String KIND = "kind";
    private static final String API_VERSION = "apiVersion";

    /** All whole numbers below it are exact in 64 bits of floating point. */
    private static final double LARGEST_WHOLE = 9_007_199_254_740_992.0;

    private final JsonOut out;

    RecordWriter(JsonOut out) {
        this.out = out;
    }

    /** Writes the record; a top-level one, also inside of another, begins with what it is. */
    void record(Object record, RecordSchema schema) {
        out.startObject();
        if (schema.isTopLevel()) {
            out.name(KIND);
            out.string(schema.kindName());
            out.name(API_VERSION);
            out.string(schema.apiVersion());
        }
        List<FieldSchema> fields = schema.fields();
        for (int i = 0; i < fields.size(); i++) {
            FieldSchema field = fields.get(i);
            Object value = field.get(record);
            if (value != null && schema.isTopLevel() && isShared(field)) {
                out.name(field);
                out.part(value, () -> record(value, field.type().record()));
            } else {
                field(field, value);
            }
        }
        out.endObject();
    }

    /** What an object consists of; its metadata is like that of no other. */
    private static boolean isShared(FieldSchema field) {
        return field.type().kind() == Kind.RECORD && field.type().javaType() != ObjectMeta.class;
    }

    /** Writes an object that no record stands for. @param metadata the schema of its metadata */
    void unstructured(Unstructured object, RecordSchema metadata) {
        out.startObject();
        out.name(API_VERSION);
        out.string(object.apiVersion());
        out.name(KIND);
        out.string(object.kind());
        out.name("metadata");
        record(object.metadata(), metadata);
        for (Map.Entry<String, @Nullable Object> field : object.fields().entrySet()) {
            out.name(field.getKey());
            any(field.getValue());
        }
        out.endObject();
    }

    /** A value as {@link io.orchestrator.api.meta.JsonValues} has it. */
    private void any(@Nullable Object value) {
        if (value instanceof Map<?, ?> entries) {
            out.startObject();
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                out.name((String) entry.getKey());
                any(entry.getValue());
            }
            out.endObject();
        } else if (value instanceof List<?> items) {
            out.startArray();
            for (Object item : items) {
                any(item);
            }
            out.endArray();
        } else if (value instanceof String text) {
            out.string(text);
        } else if (value instanceof Long number) {
            out.number(number);
        } else if (value instanceof Double number) {
            floating(number);
        } else if (value instanceof Boolean truth) {
            out.truth(truth);
        } else {
            out.nothing();
        }
    }

    private void field(FieldSchema field, @Nullable Object value) {
        if (value == null || (!field.nullable() && field.type().isZero(value))) {
            if (field.alwaysWritten()) {
                out.name(field);
                empty(field.type(), value);
            }
            return;
        }
        out.name(field);
        value(field.type(), value);
    }

    /** What Go writes for a nil slice, map or pointer, or else for the zero value. */
    private void empty(TypeSchema type, @Nullable Object value) {
        if (value == null || type.isNullWhenEmpty()) {
            out.nothing();
        } else {
            value(type, value);
        }
    }

    private void value(TypeSchema type, Object value) {
        switch (type.kind()) {
            case STRING -> out.string((String) value);
            case INT -> out.number((int) value);
            case LONG -> out.number((long) value);
            case DOUBLE -> floating((double) value);
            case BOOLEAN -> out.truth((boolean) value);
            case BYTES -> out.string(((Bytes) value).toBase64());
            case QUANTITY, TIME, MICRO_TIME -> out.string(value.toString());
            case INT_OR_STRING -> intOrString((IntOrString) value);
            case RAW -> out.raw(((RawJson) value).json());
            case LIST -> list(type.element(), (List<?>) value);
            case MAP -> map(type.element(), (Map<?, ?>) value);
            case RECORD -> record(value, type.record());
        }
    }

    /** Whole ones without a point, as Go writes them. */
    private void floating(double value) {
        if (value == (long) value && Math.abs(value) < LARGEST_WHOLE) {
            out.number((long) value);
        } else {
            out.number(BigDecimal.valueOf(value));
        }
    }

    private void intOrString(IntOrString value) {
        if (value.isText()) {
            out.string(value.text());
        } else {
            out.number(value.number());
        }
    }

    private void list(TypeSchema element, List<?> items) {
        out.startArray();
        for (Object item : items) {
            value(element, item);
        }
        out.endArray();
    }

    private void map(TypeSchema element, Map<?, ?> entries) {
        out.startObject();
        for (Map.Entry<?, ?> entry : (isSorted(entries) ? entries : new TreeMap<>(entries)).entrySet()) {
            out.name((String) entry.getKey());
            value(element, entry.getValue());
        }
        out.endObject();
    }

    /** As most maps come, since who has written one has sorted it. */
    private static boolean isSorted(Map<?, ?> entries) {
        String before = null;
        for (Object key : entries.keySet()) {
            String name = (String) key;
            if (before != null && before.compareTo(name) > 0) {
                return false;
            }
            before = name;
        }
        return true;
    }
}
