package io.orchestrator.api.meta;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain Java values: {@code Map}, {@code List}, {@code String}, {@code Long}, {@code Double}, {@code Boolean} and null.
 * Numbers are as in Kubernetes: whole ones have 64 bits, all others are floating.
 */
public final class JsonValues {
    private JsonValues() {}

    /**
     * The value with everything in it immutable and in the types above. Parts that are so already are shared.
     *
     * @throws IllegalArgumentException for what is no JSON, such as a key that is no text, or a number that is none
     */
    public static @Nullable Object immutable(@Nullable Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof FrozenMap
                || value instanceof FrozenList) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return immutableMap(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(immutable(item)));
            return new FrozenList(items);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        throw new IllegalArgumentException(value.getClass().getName() + " is no JSON value");
    }

    /** As {@link #immutable}, of an object. */
    public static Map<String, @Nullable Object> immutableMap(Map<?, ?> map) {
        if (map instanceof FrozenMap frozen) {
            return frozen;
        }
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("the key " + key + " is no text");
            }
            entries.put(name, immutable(value));
        });
        return new FrozenMap(entries);
    }

    private static Number number(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? (Number) big.longValue() : (Number) finite(big.doubleValue());
        }
        if (number instanceof Double || number instanceof Float || number instanceof BigDecimal) {
            return finite(number.doubleValue());
        }
        throw new IllegalArgumentException(number.getClass().getName() + " is no JSON number");
    }

    private static Double finite(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(value + " is no JSON number");
        }
        return value;
    }

    /** An object that nobody changes any more, in the order of its making. */
    private static final class FrozenMap extends AbstractMap<String, @Nullable Object> {
        private final Map<String, @Nullable Object> entries;

        FrozenMap(Map<String, @Nullable Object> entries) {
            this.entries = entries;
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return Collections.unmodifiableMap(entries).entrySet();
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return entries.get(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return entries.containsKey(key);
        }
    }

    /** An array that nobody changes any more. */
    private static final class FrozenList extends AbstractList<@Nullable Object> implements RandomAccess {
        private final List<@Nullable Object> items;

        FrozenList(List<@Nullable Object> items) {
            this.items = items;
        }

        @Override
        public @Nullable Object get(int index) {
            return items.get(index);
        }

        @Override
        public int size() {
            return items.size();
        }
    }
}
