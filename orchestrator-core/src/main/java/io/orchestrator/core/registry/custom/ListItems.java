package io.orchestrator.core.registry.custom;

import io.orchestrator.core.schema.StructuralSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of a list by what tells them apart: their keys, or themselves in a set, or nothing. Immutable. */
final class ListItems {
    private final List<?> items;
    private final List<@Nullable Object> identities;
    private final Map<Object, Integer> places = new HashMap<>();
    private final Map<Integer, Object> duplicates = new LinkedHashMap<>();

    private ListItems(List<?> items, List<@Nullable Object> identities) {
        this.items = items;
        this.identities = identities;
        for (int i = 0; i < identities.size(); i++) {
            Object identity = identities.get(i);
            if (identity != null && places.putIfAbsent(identity, i) != null) {
                duplicates.put(i, identity);
            }
        }
    }

    static ListItems of(StructuralSchema schema, List<?> items) {
        List<@Nullable Object> identities = new ArrayList<>();
        if (schema.isKeyedList()) {
            items.forEach(item -> identities.add(keys(schema, item)));
        } else if (schema.isSet()) {
            identities.addAll(items);
        }
        return new ListItems(items, identities);
    }

    private static @Nullable Object keys(StructuralSchema schema, @Nullable Object item) {
        if (!(item instanceof Map<?, ?> object)) {
            return null;
        }
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        schema.keys().forEach(key -> keys.put(key, object.get(key)));
        return keys;
    }

    /** What is there a second time, by its place. */
    Map<Integer, Object> duplicates() {
        return duplicates;
    }

    /** The item of this list that is the same as that one of another; null for none, or where items cannot be told apart. */
    @Nullable
    Object counterpart(ListItems others, int index) {
        Object identity = index < others.identities.size() ? others.identities.get(index) : null;
        Integer place = identity == null ? null : places.get(identity);
        return place == null ? null : items.get(place);
    }
}
