package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.schema.PatchStrategy;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The strategic merge patch that leads from one object to another, as a client works it out that knows the schema. */
final class StrategicDiff {
    private StrategicDiff() {}

    /** Both are {@link PlainTrees}. */
    static ObjectNode between(ObjectNode from, ObjectNode to, @Nullable RecordSchema schema) {
        return between(from, to, schema, null);
    }

    private static ObjectNode between(
            ObjectNode from, ObjectNode to, @Nullable RecordSchema schema, @Nullable TypeSchema values) {
        ObjectNode patch = to.objectNode();
        from.fieldNames().forEachRemaining(name -> {
            if (!to.has(name)) {
                patch.putNull(name);
            }
        });
        to.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode after = entry.getValue();
            JsonNode before = from.get(name);
            if (after.equals(before)) {
                return;
            }
            FieldSchema field = schema == null ? null : schema.field(name);
            TypeSchema type = field == null ? values : field.type();
            boolean merges = field != null && field.patch().contains(PatchStrategy.MERGE);
            if (before instanceof ObjectNode old && after instanceof ObjectNode now) {
                RecordSchema inner = type != null && type.kind() == Kind.RECORD ? type.record() : null;
                patch.set(
                        name,
                        between(
                                old,
                                now,
                                inner,
                                inner == null && type != null && type.kind() == Kind.MAP ? type.element() : null));
            } else if (field != null && merges && before instanceof ArrayNode old && after instanceof ArrayNode now) {
                list(patch, field, old, now);
            } else {
                patch.set(name, after);
            }
        });
        return patch;
    }

    private static void list(ObjectNode patch, FieldSchema field, ArrayNode from, ArrayNode to) {
        if (field.type().element().kind() == Kind.RECORD) {
            objects(patch, field, from, to);
            return;
        }
        ArrayNode gone = patch.putArray("$deleteFromPrimitiveList/" + field.name());
        from.forEach(item -> {
            if (!contains(to, item)) {
                gone.add(item);
            }
        });
        ArrayNode added = patch.putArray(field.name());
        to.forEach(item -> {
            if (!contains(from, item)) {
                added.add(item);
            }
        });
        patch.set("$setElementOrder/" + field.name(), to.deepCopy());
    }

    private static void objects(ObjectNode patch, FieldSchema field, ArrayNode from, ArrayNode to) {
        String key = field.mergeKey();
        Map<JsonNode, ObjectNode> before = new HashMap<>();
        from.forEach(item -> before.put(item.get(key), (ObjectNode) item));
        ArrayNode changes = patch.putArray(field.name());
        ArrayNode order = patch.putArray("$setElementOrder/" + field.name());
        for (JsonNode item : to) {
            order.addObject().set(key, item.get(key));
            ObjectNode old = before.remove(item.get(key));
            if (old == null) {
                changes.add(item);
            } else if (!old.equals(item)) {
                ObjectNode change =
                        between(old, (ObjectNode) item, field.type().element().record(), null);
                change.set(key, item.get(key));
                changes.add(change);
            }
        }
        before.keySet()
                .forEach(gone -> changes.addObject().put("$patch", "delete").set(key, gone));
    }

    private static boolean contains(ArrayNode list, JsonNode wanted) {
        for (JsonNode item : list) {
            if (item.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
