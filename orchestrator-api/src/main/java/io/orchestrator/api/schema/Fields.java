package io.orchestrator.api.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What compact constructors do with absent values: a record never shows a null where the wire knows an empty value. */
public final class Fields {
    private Fields() {}

    /** Immutable, in order; absent is empty. */
    public static <T> List<T> list(@Nullable Collection<? extends T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    /** Immutable, in the order of insertion; absent is empty. */
    public static <V> Map<String, V> map(@Nullable Map<String, ? extends V> values) {
        return OrderedMap.copyOf(values);
    }

    /** The list and one more at its end. */
    public static <T> List<T> append(List<T> values, T more) {
        List<T> longer = new ArrayList<>(values.size() + 1);
        longer.addAll(values);
        longer.add(more);
        return List.copyOf(longer);
    }

    /** The map and one more entry, which replaces one of the same key in its place. */
    public static <V> Map<String, V> put(Map<String, V> values, String key, V value) {
        Map<String, V> copy = new LinkedHashMap<>(values);
        copy.put(key, value);
        return map(copy);
    }

    /** Absent is the empty string. */
    public static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    public static <T> T orElse(@Nullable T value, T absent) {
        return value == null ? absent : value;
    }
}
