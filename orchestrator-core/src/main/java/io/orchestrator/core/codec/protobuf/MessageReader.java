package io.orchestrator.core.codec.protobuf;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Time;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.JsonTrees;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One decoding of protobuf messages into records; what the schema does not number is skipped. */
final class MessageReader {
    private final JsonTrees trees;
    private final int maxDepth;

    MessageReader(JsonTrees trees, int maxDepth) {
        this.trees = trees;
        this.maxDepth = maxDepth;
    }

    Object record(RecordSchema schema, WireInput in, int depth) {
        if (depth > maxDepth) {
            throw new DecodeException("proto: nested deeper than " + maxDepth);
        }
        @Nullable Object[] arguments = schema.newArguments();
        fields(schema, 0, in, arguments, depth);
        return schema.newInstance(arguments);
    }

    private void fields(RecordSchema schema, int within, WireInput in, @Nullable Object[] arguments, int depth) {
        while (in.hasMore()) {
            int tag = in.tag();
            int number = tag >>> 3;
            int wireType = tag & 7;
            FieldSchema field = schema.field(within, number);
            if (field != null) {
                arguments[field.index()] = field(field, arguments[field.index()], wireType, in, depth);
            } else if (wireType == WireInput.LENGTH && schema.embeds(RecordSchema.nested(within, number))) {
                fields(schema, RecordSchema.nested(within, number), in.message(), arguments, depth);
            } else {
                in.skip(wireType);
            }
        }
    }

    private @Nullable Object field(FieldSchema field, @Nullable Object before, int wireType, WireInput in, int depth) {
        TypeSchema type = field.type();
        try {
            return switch (type.kind()) {
                case LIST -> {
                    @SuppressWarnings("unchecked")
                    List<Object> items = before == null ? new ArrayList<>() : (List<Object>) before;
                    items(type.element(), items, wireType, in, depth);
                    yield items;
                }
                case MAP -> {
                    @SuppressWarnings("unchecked")
                    Map<String, Object> entries = before == null ? new LinkedHashMap<>() : (Map<String, Object>) before;
                    expect(wireType, WireInput.LENGTH);
                    entry(type.element(), entries, in.message(), depth);
                    yield entries;
                }
                default -> value(type, wireType, in, depth);
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DecodeException(field.name() + ": " + e.getMessage(), e);
        }
    }

    private void items(TypeSchema element, List<Object> items, int wireType, WireInput in, int depth) {
        boolean number = element.kind() == Kind.INT || element.kind() == Kind.LONG || element.kind() == Kind.BOOLEAN;
        if (number && wireType == WireInput.LENGTH) {
            WireInput packed = in.message();
            while (packed.hasMore()) {
                add(items, value(element, WireInput.VARINT, packed, depth));
            }
            return;
        }
        add(items, value(element, wireType, in, depth));
    }

    private static void add(List<Object> items, @Nullable Object value) {
        if (value == null) {
            throw new DecodeException("proto: an empty value in a list");
        }
        items.add(value);
    }

    private void entry(TypeSchema type, Map<String, Object> entries, WireInput in, int depth) {
        String key = "";
        Object value = null;
        while (in.hasMore()) {
            int tag = in.tag();
            int wireType = tag & 7;
            if (tag >>> 3 == 1 && wireType == WireInput.LENGTH) {
                key = in.string();
            } else if (tag >>> 3 == 2) {
                value = type.kind() == Kind.LIST
                        ? wrappedList(type, in.message(), depth)
                        : value(type, wireType, in, depth);
            } else {
                in.skip(wireType);
            }
        }
        if (value == null) {
            value = type.kind() == Kind.LIST
                    ? List.of()
                    : value(type, WireInput.LENGTH, new WireInput(new byte[] {0}, 0, 1), depth);
        }
        if (value != null) {
            entries.put(key, value);
        }
    }

    /** A list inside a map is a message of its own. */
    private List<Object> wrappedList(TypeSchema type, WireInput in, int depth) {
        List<Object> items = new ArrayList<>();
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag >>> 3 == 1) {
                items(type.element(), items, tag & 7, in, depth);
            } else {
                in.skip(tag & 7);
            }
        }
        return items;
    }

    /** Null for an absent time or raw value, which protobuf writes as an empty message. */
    private @Nullable Object value(TypeSchema type, int wireType, WireInput in, int depth) {
        switch (type.kind()) {
            case INT:
                expect(wireType, WireInput.VARINT);
                return (int) in.varint();
            case LONG:
                expect(wireType, WireInput.VARINT);
                return in.varint();
            case BOOLEAN:
                expect(wireType, WireInput.VARINT);
                return in.varint() != 0;
            case DOUBLE:
                expect(wireType, WireInput.FIXED64);
                return in.fixed64AsDouble();
            default:
                expect(wireType, WireInput.LENGTH);
                return delimited(type, in, depth);
        }
    }

    private @Nullable Object delimited(TypeSchema type, WireInput in, int depth) {
        return switch (type.kind()) {
            case STRING -> in.string();
            case BYTES -> Bytes.of(in.bytes());
            case QUANTITY -> {
                String text = new String(onlyBytes(in.message()), StandardCharsets.UTF_8);
                yield text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
            }
            case RAW -> {
                byte[] json = onlyBytes(in.message());
                yield json.length == 0 ? null : RawJson.of(trees.compact(json));
            }
            case INT_OR_STRING -> intOrString(in.message());
            case TIME -> {
                WireInput time = in.message();
                yield time.isEmpty() ? null : Time.of(instant(time));
            }
            case MICRO_TIME -> {
                WireInput time = in.message();
                yield time.isEmpty() ? null : MicroTime.of(instant(time));
            }
            case RECORD -> record(type.record(), in.message(), depth + 1);
            default -> throw new DecodeException("proto: a " + type + " cannot stand here");
        };
    }

    /** Field 1 of a message that has no other. */
    private static byte[] onlyBytes(WireInput in) {
        byte[] value = {};
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == (1 << 3 | WireInput.LENGTH)) {
                value = in.bytes();
            } else {
                in.skip(tag & 7);
            }
        }
        return value;
    }

    private static IntOrString intOrString(WireInput in) {
        boolean text = false;
        int number = 0;
        String string = "";
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == (1 << 3 | WireInput.VARINT)) {
                text = in.varint() == 1;
            } else if (tag == (2 << 3 | WireInput.VARINT)) {
                number = (int) in.varint();
            } else if (tag == (3 << 3 | WireInput.LENGTH)) {
                string = in.string();
            } else {
                in.skip(tag & 7);
            }
        }
        return text ? IntOrString.of(string) : IntOrString.of(number);
    }

    private static Instant instant(WireInput in) {
        long seconds = 0;
        long nanos = 0;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == (1 << 3 | WireInput.VARINT)) {
                seconds = in.varint();
            } else if (tag == (2 << 3 | WireInput.VARINT)) {
                nanos = (int) in.varint();
            } else {
                in.skip(tag & 7);
            }
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private static void expect(int wireType, int wanted) {
        if (wireType != wanted) {
            throw new DecodeException("proto: wrong wireType = " + wireType + ", expected " + wanted);
        }
    }
}
