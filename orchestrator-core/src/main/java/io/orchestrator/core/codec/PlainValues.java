package io.orchestrator.core.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.meta.JsonValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trees as plain values, as {@link JsonValues} has them. Pure functions. */
public final class PlainValues {
    private PlainValues() {}

    public static @Nullable Object of(JsonNode node) {
        return JsonValues.immutable(plain(node));
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                node.properties().forEach(entry -> entries.put(entry.getKey(), plain(entry.getValue())));
                yield entries;
            }
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                node.forEach(item -> items.add(plain(item)));
                yield items;
            }
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.numberValue();
            default -> null;
        };
    }
}
