package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.core.patch.StrategicMergePatch.Place;
import io.orchestrator.core.schema.FieldSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The merge of a list into a list: objects that have the same key are merged, scalars are united. The result keeps the order
 * of the patch, or of the order that the patch asks for, and sets what only the live list has in between where it stood.
 */
final class ListMerge {
    private final FieldSchema field;
    private final String mergeKey;

    ListMerge(FieldSchema field) {
        this.field = field;
        this.mergeKey = field.mergeKey();
    }

    /** An item and what it is found by; a live list may hold several of one identity, such as a port for TCP and UDP. */
    private record Item(JsonNode identity, JsonNode value) {}

    ArrayNode merge(ArrayNode live, ArrayNode patch) {
        List<JsonNode> order = identities(patch);
        List<JsonNode> liveOrder = identities(live);
        return ordered(merged(live, patch), order, liveOrder, live);
    }

    /** @param wanted the order of the items that the patch knows, named by their keys, or the scalars themselves */
    ArrayNode merge(ArrayNode live, ArrayNode patch, ArrayNode wanted) {
        List<JsonNode> liveOrder = identities(live);
        return ordered(merged(live, patch), identities(wanted), liveOrder, live);
    }

    private List<Item> merged(ArrayNode live, ArrayNode patch) {
        List<Item> merged = new ArrayList<>();
        Map<JsonNode, Integer> places = new HashMap<>();
        boolean replaced = false;
        Set<JsonNode> deleted = new HashSet<>();
        for (JsonNode change : patch) {
            replaced |= Directives.of(change).equals("replace");
            if (Directives.of(change).equals("delete")) {
                deleted.add(identity(change));
            }
        }
        if (!replaced) {
            live.forEach(item -> add(item, deleted, merged, places));
        }
        for (JsonNode change : patch) {
            switch (Directives.of(change)) {
                // An item with an instruction is nothing but that, whatever else it says.
                case "delete", "replace" -> {}
                case "" -> mergeItem(change, merged, places);
                default ->
                    throw PatchException.malformed("Unknown patch type found: " + Directives.PATCH + ": "
                            + Directives.of(change) + " in a list");
            }
        }
        return merged;
    }

    private void add(JsonNode item, Set<JsonNode> deleted, List<Item> merged, Map<JsonNode, Integer> places) {
        JsonNode identity = identity(item);
        boolean again = !item.isObject() && places.containsKey(identity);
        if (!deleted.contains(identity) && !again) {
            places.putIfAbsent(identity, merged.size());
            merged.add(new Item(identity, item));
        }
    }

    private void mergeItem(JsonNode change, List<Item> merged, Map<JsonNode, Integer> places) {
        JsonNode identity = identity(change);
        Integer place = places.get(identity);
        if (place == null) {
            add(Directives.strip(change), Set.of(), merged, places);
        } else if (merged.get(place).value() instanceof ObjectNode before && change instanceof ObjectNode object) {
            JsonNode value = StrategicMergePatch.merge(
                    before, object, Place.of(field.type().element()));
            merged.set(place, new Item(identity, value));
        }
    }

    private List<JsonNode> identities(ArrayNode items) {
        List<JsonNode> identities = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            if (Directives.of(item).isEmpty() || item.has(mergeKey)) {
                identities.add(identity(item));
            }
        }
        return identities;
    }

    private JsonNode identity(JsonNode item) {
        if (!item.isObject()) {
            return item;
        }
        JsonNode key = mergeKey.isEmpty() ? null : item.get(mergeKey);
        if (key == null || key.isNull()) {
            throw PatchException.malformed("map: " + item + " does not contain declared merge key: " + mergeKey);
        }
        return key;
    }

    private static ArrayNode ordered(
            List<Item> merged, List<JsonNode> patchOrder, List<JsonNode> liveOrder, ArrayNode factory) {
        Map<JsonNode, Integer> patchPlaces = places(patchOrder);
        Map<JsonNode, Integer> livePlaces = places(liveOrder);
        List<Item> fromPatch = merged.stream()
                .filter(item -> patchPlaces.containsKey(item.identity()))
                .sorted(Comparator.comparing(item -> patchPlaces.get(item.identity())))
                .toList();
        List<Item> liveOnly = merged.stream()
                .filter(item -> !patchPlaces.containsKey(item.identity()))
                .toList();
        ArrayNode result = factory.arrayNode(merged.size());
        int left = 0;
        int right = 0;
        while (left < liveOnly.size() || right < fromPatch.size()) {
            boolean takeLeft = right == fromPatch.size()
                    || (left < liveOnly.size() && stoodBefore(livePlaces, liveOnly.get(left), fromPatch.get(right)));
            result.add((takeLeft ? liveOnly.get(left++) : fromPatch.get(right++)).value());
        }
        return result;
    }

    private static Map<JsonNode, Integer> places(List<JsonNode> order) {
        Map<JsonNode, Integer> places = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            places.putIfAbsent(order.get(i), i);
        }
        return places;
    }

    private static boolean stoodBefore(Map<JsonNode, Integer> places, Item left, Item right) {
        Integer leftPlace = places.get(left.identity());
        Integer rightPlace = places.get(right.identity());
        return leftPlace != null && rightPlace != null && leftPlace < rightPlace;
    }
}
