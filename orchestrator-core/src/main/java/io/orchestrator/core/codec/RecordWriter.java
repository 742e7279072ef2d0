package io.orchestrator.core.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.io.IOException;
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
    private static final SerializedString KIND = new SerializedString("kind");
    private static final SerializedString API_VERSION = new SerializedString("apiVersion");

    /** All whole numbers below it are exact in 64 bits of floating point. */
    private static final double LARGEST_WHOLE = 9_007_199_254_740_992.0;

    private final JsonGenerator out;
    private final JsonTrees trees;

    RecordWriter(JsonGenerator out, JsonTrees trees) {
        this.out = out;
        this.trees = trees;
    }

    /** Writes the record; a top-level one, also inside of another, begins with what it is. */
    void record(Object record, RecordSchema schema) throws IOException {
        out.writeStartObject();
        if (schema.isTopLevel()) {
            out.writeFieldName(KIND);
            out.writeString(schema.kindName());
            out.writeFieldName(API_VERSION);
            out.writeString(schema.apiVersion());
        }
        List<FieldSchema> fields = schema.fields();
        for (int i = 0; i < fields.size(); i++) {
            FieldSchema field = fields.get(i);
            field(field, field.get(record));
        }
        out.writeEndObject();
    }

    /** Writes an object that no record stands for. @param metadata the schema of its metadata */
    void unstructured(Unstructured object, RecordSchema metadata) throws IOException {
        out.writeStartObject();
        out.writeFieldName(API_VERSION);
        out.writeString(object.apiVersion());
        out.writeFieldName(KIND);
        out.writeString(object.kind());
        out.writeFieldName("metadata");
        record(object.metadata(), metadata);
        for (Map.Entry<String, @Nullable Object> field : object.fields().entrySet()) {
            out.writeFieldName(field.getKey());
            any(field.getValue());
        }
        out.writeEndObject();
    }

    /** A value as {@link io.orchestrator.api.meta.JsonValues} has it. */
    private void any(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> entries) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                any(entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof List<?> items) {
            out.writeStartArray();
            for (Object item : items) {
                any(item);
            }
            out.writeEndArray();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Long number) {
            number(number);
        } else if (value instanceof Double number) {
            floating(number);
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else {
            out.writeNull();
        }
    }

    private void field(FieldSchema field, @Nullable Object value) throws IOException {
        if (value == null || (!field.nullable() && field.type().isZero(value))) {
            if (field.alwaysWritten()) {
                out.writeFieldName(field.encodedName());
                empty(field.type(), value);
            }
            return;
        }
        out.writeFieldName(field.encodedName());
        value(field.type(), value);
    }

    /** What Go writes for a nil slice, map or pointer, or else for the zero value. */
    private void empty(TypeSchema type, @Nullable Object value) throws IOException {
        if (value == null || type.isNullWhenEmpty()) {
            out.writeNull();
        } else {
            value(type, value);
        }
    }

    private void value(TypeSchema type, Object value) throws IOException {
        switch (type.kind()) {
            case STRING -> out.writeString((String) value);
            case INT -> out.writeNumber((int) value);
            case LONG -> number((long) value);
            case DOUBLE -> floating((double) value);
            case BOOLEAN -> out.writeBoolean((boolean) value);
            case BYTES -> out.writeString(((Bytes) value).toBase64());
            case QUANTITY, TIME, MICRO_TIME -> out.writeString(value.toString());
            case INT_OR_STRING -> intOrString((IntOrString) value);
            case RAW -> raw((RawJson) value);
            case LIST -> list(type.element(), (List<?>) value);
            case MAP -> map(type.element(), (Map<?, ?>) value);
            case RECORD -> record(value, type.record());
        }
    }

    /** As the smallest type, as a parser would find it: a tree of an object equals the tree of its text. */
    private void number(long value) throws IOException {
        if (value == (int) value) {
            out.writeNumber((int) value);
        } else {
            out.writeNumber(value);
        }
    }

    /** Whole ones without a point, as Go writes them. */
    private void floating(double value) throws IOException {
        if (value == (long) value && Math.abs(value) < LARGEST_WHOLE) {
            number((long) value);
        } else {
            out.writeNumber(BigDecimal.valueOf(value));
        }
    }

    private void intOrString(IntOrString value) throws IOException {
        if (value.isText()) {
            out.writeString(value.text());
        } else {
            out.writeNumber(value.number());
        }
    }

    private void raw(RawJson value) throws IOException {
        if (out instanceof TokenBuffer) {
            out.writeTree(trees.parse(value.json()));
        } else {
            out.writeRawValue(value.json());
        }
    }

    private void list(TypeSchema element, List<?> items) throws IOException {
        out.writeStartArray();
        for (Object item : items) {
            value(element, item);
        }
        out.writeEndArray();
    }

    private void map(TypeSchema element, Map<?, ?> entries) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : (entries.size() > 1 ? new TreeMap<>(entries) : entries).entrySet()) {
            out.writeFieldName((String) entry.getKey());
            value(element, entry.getValue());
        }
        out.writeEndObject();
    }
}
