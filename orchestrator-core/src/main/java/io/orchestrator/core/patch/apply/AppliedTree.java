package io.orchestrator.core.patch.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trees that an apply makes. Both functions return new trees. */
final class AppliedTree {
    private AppliedTree() {}

    /** The live object with everything that the body says. */
    static JsonNode merge(@Nullable JsonNode live, JsonNode body, Shape shape) {
        if (live == null || !shape.fits(live) || !shape.fits(body)) {
            return body.deepCopy();
        }
        if (shape.isObject()) {
            ObjectNode merged = live.deepCopy();
            body.properties().forEach(field -> {
                String name = field.getKey();
                if (field.getValue().isNull()) {
                    merged.remove(name);
                } else {
                    merged.set(name, merge(live.get(name), field.getValue(), shape.child(name)));
                }
            });
            return merged;
        }
        return mergeList((ArrayNode) live, body, shape);
    }

    /** In the order of the body; what only the live list has stays before what it stood before. */
    private static JsonNode mergeList(ArrayNode live, JsonNode body, Shape shape) {
        Map<String, JsonNode> before = shape.items(live);
        Map<String, JsonNode> wanted = new LinkedHashMap<>();
        shape.items(body).forEach((step, item) -> wanted.put(step, merge(before.get(step), item, shape.item())));
        Map<String, Integer> places = new HashMap<>();
        before.keySet().forEach(step -> places.put(step, places.size()));
        List<Map.Entry<String, JsonNode>> liveOnly = before.entrySet().stream()
                .filter(item -> !wanted.containsKey(item.getKey()))
                .toList();
        ArrayNode merged = live.arrayNode();
        int next = 0;
        for (Map.Entry<String, JsonNode> item : wanted.entrySet()) {
            Integer place = places.get(item.getKey());
            while (place != null
                    && next < liveOnly.size()
                    && places.getOrDefault(liveOnly.get(next).getKey(), 0) < place) {
                merged.add(liveOnly.get(next++).getValue().deepCopy());
            }
            merged.add(item.getValue());
        }
        while (next < liveOnly.size()) {
            merged.add(liveOnly.get(next++).getValue().deepCopy());
        }
        return merged;
    }

    /**
     * The object without what nobody wants any more.
     *
     * @param gone what the manager once applied and now does not
     * @param kept what somebody still owns
     */
    static JsonNode prune(JsonNode object, FieldSet gone, FieldSet kept, Shape shape) {
        JsonNode pruned = object.deepCopy();
        remove(pruned, gone, kept, shape, List.of());
        return pruned;
    }

    private static void remove(JsonNode from, FieldSet gone, FieldSet kept, Shape shape, List<String> keys) {
        if (from instanceof ObjectNode object && shape.isObject()) {
            gone.forEach((step, child) -> {
                String name = Steps.fieldName(step);
                JsonNode value = object.get(name);
                if (value != null
                        && Steps.isField(step)
                        && !keys.contains(name)
                        && (isUnowned(shape, kept.child(step))
                                || isGone(value, child, kept.child(step), shape.child(name), List.of()))) {
                    object.remove(name);
                }
            });
        } else if (from instanceof ArrayNode array && shape.isList()) {
            for (int i = array.size() - 1; i >= 0; i--) {
                String step = Steps.item(array.get(i), shape);
                FieldSet child = gone.child(step);
                if (!child.isEmpty() && isGone(array.get(i), child, kept.child(step), shape.item(), shape.keys())) {
                    array.remove(i);
                }
            }
        }
    }

    /**
     * Whether a field in which something is gone belongs to nobody any more: it goes with what the server filled in beside it.
     * An entry of a map is nobody's field, and stays as long as there is something in it.
     */
    private static boolean isUnowned(Shape parent, FieldSet kept) {
        return parent.style() == Shape.Style.STRUCT && kept.isEmpty();
    }

    /** Removes what is inside, and tells whether nothing of the value is left. */
    private static boolean isGone(JsonNode value, FieldSet gone, FieldSet kept, Shape shape, List<String> keys) {
        if (gone.isMember() && kept.isEmpty()) {
            return true;
        }
        if (!shape.fits(value) || value.isEmpty()) {
            return false;
        }
        remove(value, gone, kept, shape, keys);
        return value.isEmpty() && !kept.isMember();
    }
}
