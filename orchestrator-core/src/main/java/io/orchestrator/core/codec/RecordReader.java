package io.orchestrator.core.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One decoding of JSON into records, from any source of tokens. Confined to the decoding thread. */
final class RecordReader {
    private static final String KIND = "kind";
    private static final String API_VERSION = "apiVersion";

    private final JsonParser in;
    private final ScalarReader scalars;
    private final int maxDepth;
    private final FieldPath path = new FieldPath();
    private final FieldProblems problems = new FieldProblems();
    private int depth;
    private String owner = "";
    private TypeMeta typeMeta = TypeMeta.NONE;

    /** @param in stands before the value */
    RecordReader(JsonParser in, JsonTrees trees, int maxDepth) {
        this.in = in;
        this.maxDepth = maxDepth;
        this.scalars = new ScalarReader(in, trees);
    }

    <T> Decoded<T> read(RecordSchema schema, Class<T> type) throws IOException {
        try {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw wrongType(in.currentToken(), "v1." + schema.kindName());
            }
            T value = type.cast(record(schema));
            if (in.nextToken() != null) {
                throw new DecodeException("data after the top-level value");
            }
            return new Decoded<>(value, typeMeta, problems.found());
        } catch (DecodeException e) {
            throw DecodeException.of(schema, e);
        }
    }

    /** An object that no record stands for. @param metadata the schema of its metadata */
    Decoded<Unstructured> unstructured(RecordSchema metadata) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw wrongType(in.currentToken(), "map[string]interface {}");
        }
        enter();
        ObjectMeta named = ObjectMeta.EMPTY;
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        ValueReader values = new ValueReader(in, path, problems, maxDepth);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            if (!seen.add(name)) {
                problems.duplicate(name);
            }
            if (name.equals(KIND) || name.equals(API_VERSION)) {
                typeMeta(name, token);
                continue;
            }
            path.push(name);
            if (!name.equals("metadata")) {
                fields.put(name, values.read(token, depth + 1));
            } else if (token == JsonToken.START_OBJECT) {
                owner = metadata.type().getSimpleName();
                named = (ObjectMeta) record(metadata);
            } else if (token != JsonToken.VALUE_NULL) {
                throw wrongType(token, "v1.ObjectMeta");
            }
            path.pop();
        }
        if (in.nextToken() != null) {
            throw new DecodeException("data after the top-level value");
        }
        if (typeMeta.kind().isEmpty()) {
            throw new DecodeException("Object 'Kind' is missing in the body");
        }
        return new Decoded<>(
                new Unstructured(typeMeta.apiVersion(), typeMeta.kind(), named, fields), typeMeta, problems.found());
    }

    private Object record(RecordSchema schema) throws IOException {
        enter();
        String outer = owner;
        List<FieldSchema> fields = schema.fields();
        @Nullable Object[] arguments = schema.newArguments();
        boolean[] seen = new boolean[arguments.length];
        boolean topLevel = schema.isTopLevel();
        int next = 0;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            // Most bodies name their fields in our order, so that a glance at the next one saves the look-up.
            FieldSchema field = next < fields.size() && fields.get(next).name().equals(name)
                    ? fields.get(next)
                    : schema.field(name);
            JsonToken token = in.nextToken();
            if (field == null) {
                if (topLevel && (name.equals(KIND) || name.equals(API_VERSION))) {
                    typeMeta(name, token);
                } else {
                    unknown(name);
                }
                continue;
            }
            next = field.index() + 1;
            if (seen[field.index()]) {
                problems.duplicate(path.with(name));
            }
            seen[field.index()] = true;
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            path.push(name);
            owner = schema.type().getSimpleName();
            arguments[field.index()] = value(field.type(), token);
            path.pop();
        }
        owner = outer;
        depth--;
        return schema.newInstance(arguments);
    }

    private void unknown(String name) throws IOException {
        if (!problems.full()) {
            problems.unknown(path.with(name));
        }
        in.skipChildren();
    }

    private void typeMeta(String name, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.VALUE_STRING) {
            path.push(name);
            throw wrongType(token, "string");
        }
        if (depth == 1) {
            typeMeta = name.equals(KIND)
                    ? new TypeMeta(typeMeta.apiVersion(), in.getText())
                    : new TypeMeta(in.getText(), typeMeta.kind());
        }
    }

    private Object value(TypeSchema type, JsonToken token) throws IOException {
        return switch (type.kind()) {
            case RECORD -> {
                if (token != JsonToken.START_OBJECT) {
                    throw wrongType(token, type.goName());
                }
                yield record(type.record());
            }
            case LIST -> list(type, token);
            case MAP -> map(type, token);
            default -> scalar(type.kind(), type, token);
        };
    }

    private Object scalar(Kind kind, TypeSchema type, JsonToken token) throws IOException {
        Object value;
        try {
            value = scalars.read(kind, token);
        } catch (IllegalArgumentException e) {
            throw new DecodeException(path + ": " + e.getMessage(), e);
        }
        if (value == null) {
            throw wrongType(token, type.goName());
        }
        return value;
    }

    private Object list(TypeSchema type, JsonToken token) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            throw wrongType(token, type.goName());
        }
        enter();
        TypeSchema element = type.element();
        List<Object> items = new ArrayList<>();
        for (JsonToken item = in.nextToken(); item != JsonToken.END_ARRAY; item = in.nextToken()) {
            path.push(items.size());
            items.add(item == JsonToken.VALUE_NULL ? EmptyValues.of(element) : value(element, item));
            path.pop();
        }
        depth--;
        return items;
    }

    private Object map(TypeSchema type, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw wrongType(token, type.goName());
        }
        enter();
        TypeSchema element = type.element();
        Map<String, Object> entries = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            JsonToken item = in.nextToken();
            path.push(key);
            Object value = item == JsonToken.VALUE_NULL ? EmptyValues.of(element) : value(element, item);
            if (entries.put(key, value) != null) {
                problems.duplicate(path.toString());
            }
            path.pop();
        }
        depth--;
        return entries;
    }

    private void enter() {
        if (++depth > maxDepth) {
            throw new DecodeException("exceeded max depth of " + maxDepth);
        }
    }

    private DecodeException wrongType(@Nullable JsonToken token, String wanted) throws IOException {
        String found = token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT -> "object";
                    case START_ARRAY -> "array";
                    case VALUE_STRING -> "string";
                    case VALUE_TRUE, VALUE_FALSE -> "bool";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                        wanted.startsWith("int") || wanted.startsWith("float") ? "number " + in.getText() : "number";
                    default -> "null";
                };
        String where = path.toString();
        return new DecodeException(
                where.isEmpty()
                        ? "json: cannot unmarshal " + found + " into Go value of type " + wanted
                        : "json: cannot unmarshal " + found + " into Go struct field " + owner + "." + where
                                + " of type " + wanted);
    }
}
