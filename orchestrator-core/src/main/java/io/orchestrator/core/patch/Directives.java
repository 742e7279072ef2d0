package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The instructions that a strategic merge patch carries among its fields. */
final class Directives {
    static final String PATCH = "$patch";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String SET_ORDER = "$setElementOrder/";
    static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private Directives() {}

    /** The value of {@code $patch}; empty for none. */
    static String of(JsonNode patch) {
        return patch.path(PATCH).asText("");
    }

    static boolean isDirective(String field) {
        return field.equals(PATCH)
                || field.equals(RETAIN_KEYS)
                || field.startsWith(SET_ORDER)
                || field.startsWith(DELETE_FROM);
    }

    /** A copy of what a patch adds where nothing was: without nulls in objects, without instructions. */
    static JsonNode strip(JsonNode patch) {
        if (patch instanceof ObjectNode object) {
            ObjectNode plain = object.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!isDirective(field.getKey()) && !field.getValue().isNull()) {
                    plain.set(field.getKey(), strip(field.getValue()));
                }
            }
            return plain;
        }
        if (patch instanceof ArrayNode array) {
            ArrayNode plain = array.arrayNode(array.size());
            for (JsonNode item : array) {
                if (!of(item).equals("delete") && !isOnlyDirective(item)) {
                    plain.add(strip(item));
                }
            }
            return plain;
        }
        return patch.deepCopy();
    }

    static boolean isOnlyDirective(JsonNode item) {
        return item.isObject() && item.size() == 1 && item.has(PATCH);
    }
}
