package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.PatchStrategy;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the trees of random objects into such as an API could hold: without nulls, and with lists whose items can be told apart. */
public final class PlainTrees {
    private PlainTrees() {}

    /** A copy without nulls, in which every item that is found by a key has that key, alone. */
    public static ObjectNode of(JsonNode tree, RecordSchema schema) {
        ObjectNode plain = tree.deepCopy();
        record(plain, schema);
        return plain;
    }

    private static void record(ObjectNode object, @Nullable RecordSchema schema) {
        object.properties().removeIf(field -> field.getValue().isNull());
        object.properties().forEach(entry -> {
            FieldSchema field = schema == null ? null : schema.field(entry.getKey());
            value(entry.getValue(), field == null ? null : field.type());
            if (field != null && entry.getValue() instanceof ArrayNode list) {
                tellApart(list, keys(field), field);
            }
        });
    }

    private static void value(JsonNode value, @Nullable TypeSchema type) {
        if (value instanceof ObjectNode object) {
            if (type != null && type.kind() == Kind.MAP) {
                object.forEach(entry -> value(entry, type.element()));
            } else {
                record(object, type != null && type.kind() == Kind.RECORD ? type.record() : null);
            }
        } else if (value instanceof ArrayNode list) {
            list.forEach(item -> value(item, type != null && type.kind() == Kind.LIST ? type.element() : null));
        }
    }

    private static List<String> keys(FieldSchema field) {
        return field.listType() == ListType.MAP ? field.mapKeys() : List.of(field.mergeKey());
    }

    private static void tellApart(ArrayNode list, List<String> keys, FieldSchema field) {
        boolean identified = field.listType() == ListType.MAP
                || field.listType() == ListType.SET
                || field.patch().contains(PatchStrategy.MERGE);
        if (!identified) {
            return;
        }
        boolean records = field.type().element().kind() == Kind.RECORD;
        Set<List<JsonNode>> merged = new HashSet<>();
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            boolean keyed = !records || (keys.stream().allMatch(item::has) && has(item, field.mergeKey()));
            boolean first = records
                    ? keyed
                            && merged.add(keys.stream().map(item::get).toList())
                            && (field.mergeKey().isEmpty() || seen.add(item.get(field.mergeKey())))
                    : seen.add(item);
            if (!keyed || !first) {
                list.remove(i--);
            }
        }
    }

    private static boolean has(JsonNode item, String key) {
        return key.isEmpty() || item.has(key);
    }
}
