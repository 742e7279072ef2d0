package io.orchestrator.core.patch.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.StructuralSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How server-side apply sees a value, as the schema says it.
 *
 * @param custom the schema of a value of a custom resource: it then says all that the others say of a record's
 * @param keys of the items of a keyed list
 */
record Shape(
        Style style,
        @Nullable RecordSchema record,
        @Nullable TypeSchema element,
        @Nullable StructuralSchema custom,
        List<String> keys) {
    private static final Shape ATOMIC = new Shape(Style.ATOMIC, null, null, null, List.of());
    /** What no schema describes: objects have entries, everything else is one value. */
    private static final Shape DEDUCED = new Shape(Style.MAP, null, null, StructuralSchema.ANYTHING, List.of());

    enum Style {
        /** One value with one owner. */
        ATOMIC,
        /** Fields with owners of their own. */
        STRUCT,
        /** Entries with owners of their own. */
        MAP,
        /** Items found by their keys. */
        KEYED,
        /** Scalars, each at most once. */
        SET
    }

    static Shape of(RecordSchema record) {
        return record.atomic() ? ATOMIC : new Shape(Style.STRUCT, record, null, null, List.of());
    }

    /** A custom resource. @param metadata holds the schema of its metadata under that name */
    static Shape ofCustom(StructuralSchema schema, RecordSchema metadata) {
        return new Shape(Style.STRUCT, metadata, null, schema, List.of());
    }

    private static Shape of(StructuralSchema schema) {
        if (schema.intOrString() || schema.atomic()) {
            return ATOMIC;
        }
        StructuralSchema items = schema.items();
        if (schema.isKeyedList() && items != null) {
            return new Shape(Style.KEYED, null, null, items, schema.keys());
        }
        if (schema.isSet()) {
            return new Shape(Style.SET, null, null, items, List.of());
        }
        boolean open = schema.properties().isEmpty();
        if (schema.type().equals("object") && open && schema.additional() != null) {
            return new Shape(Style.MAP, null, null, schema, List.of());
        }
        if (open && (schema == StructuralSchema.ANYTHING || schema.preservesUnknown())) {
            return DEDUCED;
        }
        return schema.type().equals("object") ? new Shape(Style.STRUCT, null, null, schema, List.of()) : ATOMIC;
    }

    private Shape customChild(StructuralSchema schema, String name) {
        if (this == DEDUCED) {
            return DEDUCED;
        }
        if (record != null && name.equals("metadata")) {
            return of(record);
        }
        StructuralSchema child = schema.child(name);
        return child != null ? of(child) : schema.preservesUnknown() ? DEDUCED : ATOMIC;
    }

    /** The shape of a field's value; fields that the schema does not know are one value. */
    Shape child(String name) {
        if (custom != null) {
            return customChild(custom, name);
        }
        if (style == Style.MAP && element != null) {
            return ofElement(element);
        }
        FieldSchema field = record == null ? null : record.field(name);
        if (field == null || field.mapType() == MapType.ATOMIC) {
            return ATOMIC;
        }
        TypeSchema type = field.type();
        if (type.kind() == Kind.LIST
                && field.listType() == ListType.MAP
                && type.element().kind() == Kind.RECORD) {
            return new Shape(Style.KEYED, null, type.element(), null, field.mapKeys());
        }
        if (type.kind() == Kind.LIST && field.listType() == ListType.SET) {
            return new Shape(Style.SET, null, type.element(), null, List.of());
        }
        return ofElement(type);
    }

    /** The shape of a list's items. */
    Shape item() {
        if (custom != null) {
            return style == Style.KEYED ? of(custom) : ATOMIC;
        }
        return style == Style.KEYED && element != null ? of(element.record()) : ATOMIC;
    }

    private static Shape ofElement(TypeSchema type) {
        return switch (type.kind()) {
            case RECORD -> of(type.record());
            case MAP -> new Shape(Style.MAP, null, type.element(), null, List.of());
            default -> ATOMIC;
        };
    }

    boolean isObject() {
        return style == Style.STRUCT || style == Style.MAP;
    }

    boolean isList() {
        return style == Style.KEYED || style == Style.SET;
    }

    /** Whether this value can be looked into, or else is one value whatever the schema hopes for. */
    boolean fits(JsonNode value) {
        return isObject() ? value.isObject() : isList() && value.isArray();
    }

    /** The items by what identifies them; of several with one identity, the first. */
    Map<String, JsonNode> items(@Nullable JsonNode list) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        if (list instanceof ArrayNode array) {
            array.forEach(item -> items.putIfAbsent(Steps.item(item, this), item));
        }
        return items;
    }

    /** The value that a key has where an item does not give it; null for none. */
    @Nullable
    JsonNode defaultOf(String key) {
        if (custom != null) {
            StructuralSchema field = custom.child(key);
            return field == null
                    ? null
                    : field.defaultValue().map(Shape::scalar).orElse(null);
        }
        FieldSchema field = element == null ? null : element.record().field(key);
        if (field == null || field.defaultValue().isEmpty()) {
            return null;
        }
        String json = field.defaultValue();
        return json.startsWith("\"")
                ? TextNode.valueOf(json.substring(1, json.length() - 1))
                : IntNode.valueOf(Integer.parseInt(json));
    }

    private static JsonNode scalar(Object value) {
        if (value instanceof Boolean truth) {
            return BooleanNode.valueOf(truth);
        }
        return value instanceof Number number
                ? IntNode.valueOf(number.intValue())
                : TextNode.valueOf(String.valueOf(value));
    }
}
