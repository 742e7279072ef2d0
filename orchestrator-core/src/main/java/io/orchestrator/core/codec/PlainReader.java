package io.orchestrator.core.codec;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies that need no explanation: well-formed, of known fields with the right types, each named once. That is
 * nearly every body, and costs half of what {@link RecordReader} takes, which reads all others. What both read, they read
 * alike. Confined to one decoding.
 */
final class PlainReader {
    private static final int MAX_FIELDS = Long.SIZE;

    private final byte[] json;
    private final PlainJson in;
    private final SharedParts parts;
    private final SharedValues shared;
    private final int maxDepth;
    private int depth;
    private TypeMeta typeMeta = TypeMeta.NONE;

    PlainReader(byte[] json, SharedValues shared, SharedParts parts, Limits limits) {
        this.json = json;
        this.parts = parts;
        this.in = new PlainJson(json, shared, limits.scalarChars());
        this.shared = shared;
        this.maxDepth = limits.depth();
    }

    /** Empty where it takes {@link RecordReader} to say what the body holds, or what is wrong with it. */
    <T> Optional<Decoded<T>> read(RecordSchema schema, Class<T> type) {
        try {
            T value = type.cast(record(schema));
            in.expectEnd();
            return Optional.of(new Decoded<>(value, typeMeta, List.of()));
        } catch (PlainJson.Unusual | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A record inside of another, which may have come before. */
    private Object part(RecordSchema schema) {
        int from = in.position();
        SharedParts.Part known = parts.at(schema, json, from, depth);
        if (known != null) {
            in.skip(known.length());
            return known.value();
        }
        int outside = depth;
        Object value = record(schema);
        parts.read(schema, json, from, in.end(), value, outside);
        return value;
    }

    private Object record(RecordSchema schema) {
        enter('{');
        @Nullable Object[] arguments = schema.newArguments();
        if (arguments.length > MAX_FIELDS) {
            throw new PlainJson.Unusual();
        }
        long seen = 0;
        int before = -1;
        if (!in.accept('}')) {
            do {
                FieldSchema field = field(schema, before);
                if (field == null) {
                    continue;
                }
                before = field.index();
                if ((seen >>> before & 1) != 0) {
                    throw new PlainJson.Unusual();
                }
                seen |= 1L << before;
                if (!in.acceptNull()) {
                    arguments[before] = value(field.type());
                }
            } while (in.accept(','));
            in.expect('}');
        }
        depth--;
        return schema.newInstance(arguments);
    }

    /** The field that is named next; null where the name says what the object is, and its value has been read. */
    private @Nullable FieldSchema field(RecordSchema schema, int before) {
        FieldSchema guess = schema.guessAfter(before);
        if (guess != null && in.acceptName(guess.encodedName())) {
            return guess;
        }
        String name = in.name();
        FieldSchema field = schema.field(name);
        if (field != null) {
            schema.sawAfter(before, field);
            return field;
        }
        if (!schema.isTopLevel()) {
            throw new PlainJson.Unusual();
        }
        switch (name) {
            case "kind" -> typeMeta = depth == 1 ? new TypeMeta(typeMeta.apiVersion(), in.string()) : passed();
            case "apiVersion" -> typeMeta = depth == 1 ? new TypeMeta(in.string(), typeMeta.kind()) : passed();
            default -> throw new PlainJson.Unusual();
        }
        return null;
    }

    private TypeMeta passed() {
        in.string();
        return typeMeta;
    }

    private Object value(TypeSchema type) {
        return switch (type.kind()) {
            case STRING -> in.string();
            case RECORD -> part(type.record());
            case LIST -> list(type.element());
            case MAP -> map(type.element());
            case BOOLEAN -> in.truth();
            case INT -> number();
            case LONG -> in.integer();
            case DOUBLE -> (double) in.integer();
            case BYTES -> Bytes.base64(in.string());
            case QUANTITY -> shared.quantity(in.peek() == '"' ? in.string() : Long.toString(in.integer()));
            case INT_OR_STRING -> in.peek() == '"' ? IntOrString.of(in.string()) : IntOrString.of(number());
            case TIME -> shared.time(in.string());
            case MICRO_TIME -> MicroTime.parse(in.string());
            case RAW -> RawJson.of(in.raw(maxDepth - depth));
        };
    }

    private int number() {
        long value = in.integer();
        if (value != (int) value) {
            throw new PlainJson.Unusual();
        }
        return (int) value;
    }

    private List<Object> list(TypeSchema element) {
        enter('[');
        List<Object> items = new ArrayList<>();
        if (!in.accept(']')) {
            do {
                items.add(value(element));
            } while (in.accept(','));
            in.expect(']');
        }
        depth--;
        return items;
    }

    private Map<String, Object> map(TypeSchema element) {
        enter('{');
        Map<String, Object> entries = new LinkedHashMap<>();
        if (!in.accept('}')) {
            do {
                if (entries.put(in.name(), value(element)) != null) {
                    throw new PlainJson.Unusual();
                }
            } while (in.accept(','));
            in.expect('}');
        }
        depth--;
        return entries;
    }

    private void enter(char begin) {
        in.expect(begin);
        if (++depth > maxDepth) {
            throw new PlainJson.Unusual();
        }
    }
}
