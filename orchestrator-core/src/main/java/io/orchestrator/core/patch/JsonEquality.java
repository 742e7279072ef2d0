package io.orchestrator.core.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** Equality of JSON values: numbers by value, objects without regard to order. */
final class JsonEquality {
    private static final Comparator<JsonNode> BY_VALUE = (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    };

    private JsonEquality() {}

    static boolean equal(JsonNode a, JsonNode b) {
        return a.equals(BY_VALUE, b);
    }
}
