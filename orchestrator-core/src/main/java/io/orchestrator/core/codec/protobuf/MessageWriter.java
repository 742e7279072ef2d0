package io.orchestrator.core.codec.protobuf;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.MicroTime;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.meta.Time;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Records as protobuf messages. What is absent or an empty list is left out; everything else is written. */
final class MessageWriter {

    WireOutput record(RecordSchema schema, Object record) {
        WireOutput out = new WireOutput();
        // The innermost first, which have the greatest numbers.
        NavigableMap<Integer, WireOutput> embedded = new TreeMap<>(Comparator.reverseOrder());
        for (FieldSchema field : schema.fields()) {
            Object value = field.get(record);
            if (value != null && field.tag() > 0) {
                WireOutput target =
                        field.within() == 0 ? out : embedded.computeIfAbsent(field.within(), key -> new WireOutput());
                field(target, field.tag(), field.type(), value);
            }
        }
        for (Map.Entry<Integer, WireOutput> inner = embedded.pollFirstEntry();
                inner != null;
                inner = embedded.pollFirstEntry()) {
            int outer = RecordSchema.outerOf(inner.getKey());
            WireOutput around = outer == 0 ? out : embedded.computeIfAbsent(outer, key -> new WireOutput());
            around.message(RecordSchema.lastOf(inner.getKey()), inner.getValue());
        }
        return out;
    }

    private void field(WireOutput out, int tag, TypeSchema type, Object value) {
        if (type.kind() == Kind.LIST) {
            for (Object item : (List<?>) value) {
                value(out, tag, type.element(), item);
            }
        } else if (type.kind() == Kind.MAP) {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                WireOutput pair = new WireOutput();
                pair.string(1, (String) entry.getKey());
                if (type.element().kind() == Kind.LIST) {
                    WireOutput items = new WireOutput();
                    field(items, 1, type.element(), entry.getValue());
                    pair.message(2, items);
                } else {
                    value(pair, 2, type.element(), entry.getValue());
                }
                out.message(tag, pair);
            }
        } else {
            value(out, tag, type, value);
        }
    }

    private void value(WireOutput out, int tag, TypeSchema type, Object value) {
        switch (type.kind()) {
            case STRING -> out.string(tag, (String) value);
            case INT -> out.varint(tag, (int) value);
            case LONG -> out.varint(tag, (long) value);
            case BOOLEAN -> out.bool(tag, (boolean) value);
            case DOUBLE -> out.fixed64(tag, (double) value);
            case BYTES -> out.bytes(tag, ((Bytes) value).toByteArray());
            case QUANTITY -> {
                WireOutput quantity = new WireOutput();
                quantity.string(1, value.toString());
                out.message(tag, quantity);
            }
            case RAW -> {
                WireOutput raw = new WireOutput();
                raw.bytes(1, ((RawJson) value).json().getBytes(StandardCharsets.UTF_8));
                out.message(tag, raw);
            }
            case INT_OR_STRING -> out.message(tag, intOrString((IntOrString) value));
            case TIME -> out.message(tag, instant(((Time) value).instant()));
            case MICRO_TIME -> out.message(tag, instant(((MicroTime) value).instant()));
            case RECORD -> out.message(tag, record(type.record(), value));
            case LIST, MAP -> throw new IllegalArgumentException("protobuf has no " + type + " here");
        }
    }

    private static WireOutput intOrString(IntOrString value) {
        WireOutput out = new WireOutput();
        out.varint(1, value.isText() ? 1 : 0);
        out.varint(2, value.number());
        out.string(3, value.text());
        return out;
    }

    private static WireOutput instant(Instant instant) {
        WireOutput out = new WireOutput();
        out.varint(1, instant.getEpochSecond());
        out.varint(2, instant.getNano());
        return out;
    }
}
