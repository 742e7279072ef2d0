package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.schema.PatchStrategy;
import io.orchestrator.core.schema.FieldSchema;
import io.orchestrator.core.schema.Kind;
import io.orchestrator.core.schema.RecordSchema;
import io.orchestrator.core.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes' own patch: like a merge patch, but lists are merged by the key that the schema names, and a patch may carry
 * instructions: {@code $patch}, {@code $retainKeys}, {@code $setElementOrder/x} and {@code $deleteFromPrimitiveList/x}.
 */
public final class StrategicMergePatch {
    private StrategicMergePatch() {}

    /**
     * Returns the patched tree; the arguments do not change.
     *
     * @throws PatchException when the patch is no object, or an instruction makes no sense
     */
    public static JsonNode apply(JsonNode target, JsonNode patch, RecordSchema schema) {
        if (!(patch instanceof ObjectNode changes)) {
            throw PatchException.malformed("a strategic merge patch must be a JSON object");
        }
        ObjectNode merged = target instanceof ObjectNode object ? object.deepCopy() : changes.objectNode();
        return merge(merged, changes.deepCopy(), new Place(schema, null));
    }

    /**
     * What the schema says of an object.
     *
     * @param record its schema, where it is a record
     * @param values of its values, where it is a map
     */
    record Place(@Nullable RecordSchema record, @Nullable TypeSchema values) {
        static final Place UNKNOWN = new Place(null, null);

        static Place of(@Nullable TypeSchema type) {
            if (type == null) {
                return UNKNOWN;
            }
            return switch (type.kind()) {
                case RECORD -> new Place(type.record(), null);
                case MAP -> new Place(null, type.element());
                default -> UNKNOWN;
            };
        }

        @Nullable
        FieldSchema field(String name) {
            return record == null ? null : record.field(name);
        }

        Place child(String name) {
            FieldSchema field = field(name);
            return of(field == null ? values : field.type());
        }
    }

    /** Changes and returns {@code into}, unless the patch replaces it; uses up the patch. */
    static JsonNode merge(ObjectNode into, ObjectNode patch, Place place) {
        if (patch.has(Directives.PATCH)) {
            String directive = Directives.of(patch);
            switch (directive) {
                case "replace" -> {
                    return Directives.strip(patch);
                }
                case "delete" -> {
                    return patch.objectNode();
                }
                case "merge" -> patch.remove(Directives.PATCH);
                default ->
                    throw PatchException.malformed("Unknown patch type found: " + Directives.PATCH + ": " + directive);
            }
        }
        retainKeys(into, patch);
        setElementOrders(into, patch, place);
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            String name = change.getKey();
            if (name.startsWith(Directives.DELETE_FROM)) {
                deleteFromPrimitives(into, name.substring(Directives.DELETE_FROM.length()), change.getValue());
            } else if (change.getValue().isNull()) {
                into.remove(name);
            } else {
                into.set(name, field(into.get(name), change.getValue(), name, place));
            }
        }
        return into;
    }

    private static JsonNode field(@Nullable JsonNode before, JsonNode change, String name, Place place) {
        FieldSchema field = place.field(name);
        if (before instanceof ObjectNode object && change instanceof ObjectNode changes) {
            boolean replaced = field != null && field.patch().contains(PatchStrategy.REPLACE);
            return replaced ? Directives.strip(change) : merge(object, changes, place.child(name));
        }
        if (before instanceof ArrayNode list && change instanceof ArrayNode changes && field != null && merges(field)) {
            return new ListMerge(field).merge(list, changes);
        }
        return Directives.strip(change);
    }

    private static boolean merges(FieldSchema field) {
        return field.type().kind() == Kind.LIST && field.patch().contains(PatchStrategy.MERGE);
    }

    private static void retainKeys(ObjectNode into, ObjectNode patch) {
        JsonNode retained = patch.remove(Directives.RETAIN_KEYS);
        if (retained == null) {
            return;
        }
        if (!retained.isArray()) {
            throw PatchException.malformed(Directives.RETAIN_KEYS + " must be a list");
        }
        Set<String> keys = new HashSet<>();
        retained.forEach(key -> keys.add(key.asText()));
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            boolean sets = !change.getValue().isNull() && !Directives.isDirective(change.getKey());
            if (sets && !keys.contains(change.getKey())) {
                throw PatchException.malformed(
                        "the patch sets " + change.getKey() + ", which " + Directives.RETAIN_KEYS + " does not name");
            }
        }
        into.retain(keys);
    }

    private static void setElementOrders(ObjectNode into, ObjectNode patch, Place place) {
        List<String> directives = new ArrayList<>();
        patch.fieldNames().forEachRemaining(name -> {
            if (name.startsWith(Directives.SET_ORDER)) {
                directives.add(name);
            }
        });
        for (String directive : directives) {
            JsonNode order = patch.remove(directive);
            if (!(order instanceof ArrayNode wanted)) {
                throw PatchException.malformed(directive + " must be a list");
            }
            String name = directive.substring(Directives.SET_ORDER.length());
            FieldSchema field = place.field(name);
            JsonNode before = into.get(name);
            JsonNode change = patch.get(name);
            if (field != null
                    && merges(field)
                    && !(change != null && change.isNull())
                    && (before != null || change != null)) {
                ArrayNode live = before instanceof ArrayNode list ? list : into.arrayNode();
                ArrayNode changes = change instanceof ArrayNode list ? list : into.arrayNode();
                patch.remove(name);
                into.set(name, new ListMerge(field).merge(live, changes, wanted));
            }
        }
    }

    private static void deleteFromPrimitives(ObjectNode into, String name, JsonNode gone) {
        if (!(gone instanceof ArrayNode values)) {
            throw PatchException.malformed(Directives.DELETE_FROM + name + " must be a list");
        }
        if (into.get(name) instanceof ArrayNode list) {
            Set<JsonNode> removed = new HashSet<>();
            values.forEach(removed::add);
            ArrayNode kept = list.arrayNode();
            list.forEach(item -> {
                if (!removed.contains(item)) {
                    kept.add(item);
                }
            });
            into.set(name, kept);
        }
    }
}
