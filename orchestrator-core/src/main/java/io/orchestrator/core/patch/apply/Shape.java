package io.orchestrator.core.patch.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How server-side apply sees a value, as the schema says it.
 *
 * @param keys of the items of a keyed list
 */
record Shape(
        Style style,
        @Nullable RecordSchema record,
        @Nullable TypeSchema element,
        List<String> keys) {
    private static final Shape ATOMIC = new Shape(Style.ATOMIC, null, null, List.of());

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
        return record.atomic() ? ATOMIC : new Shape(Style.STRUCT, record, null, List.of());
    }

    /** The shape of a field's value; fields that the schema does not know are one value. */
    Shape child(String name) {
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
            return new Shape(Style.KEYED, null, type.element(), field.mapKeys());
        }
        if (type.kind() == Kind.LIST && field.listType() == ListType.SET) {
            return new Shape(Style.SET, null, type.element(), List.of());
        }
        return ofElement(type);
    }

    /** The shape of a list's items. */
    Shape item() {
        return style == Style.KEYED && element != null ? of(element.record()) : ATOMIC;
    }

    private static Shape ofElement(TypeSchema type) {
        return switch (type.kind()) {
            case RECORD -> of(type.record());
            case MAP -> new Shape(Style.MAP, null, type.element(), List.of());
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
        FieldSchema field = element == null ? null : element.record().field(key);
        if (field == null || field.defaultValue().isEmpty()) {
            return null;
        }
        String json = field.defaultValue();
        return json.startsWith("\"")
                ? TextNode.valueOf(json.substring(1, json.length() - 1))
                : IntNode.valueOf(Integer.parseInt(json));
    }
}
