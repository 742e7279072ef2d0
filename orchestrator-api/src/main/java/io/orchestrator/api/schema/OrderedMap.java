package io.orchestrator.api.schema;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map that keeps the order of insertion. Small ones, as labels are, live in two arrays and are searched from the
 * front; an index is kept only beyond that.
 */
final class OrderedMap<V> extends AbstractMap<String, V> {
    private static final int SEARCHED = 8;
    private static final Map<String, Object> EMPTY = new OrderedMap<>(new String[0], new Object[0]);

    private final String[] keys;
    private final Object[] values;
    private final @Nullable Map<String, Integer> index;

    private OrderedMap(String[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
        this.index = keys.length > SEARCHED ? index(keys) : null;
    }

    @SuppressWarnings("unchecked") // nothing can be put in
    static <V> Map<String, V> copyOf(@Nullable Map<String, ? extends V> source) {
        if (source == null || source.isEmpty()) {
            return (Map<String, V>) EMPTY;
        }
        if (source instanceof OrderedMap) {
            return (Map<String, V>) source;
        }
        Object[] snapshot = source.entrySet().toArray();
        String[] keys = new String[snapshot.length];
        Object[] values = new Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) snapshot[i];
            keys[i] = (String) Objects.requireNonNull(entry.getKey(), "key");
            values[i] = Objects.requireNonNull(entry.getValue(), "value");
        }
        return new OrderedMap<>(keys, values);
    }

    private static Map<String, Integer> index(String[] keys) {
        Map<String, Integer> index = new HashMap<>(keys.length * 2);
        for (int i = 0; i < keys.length; i++) {
            index.put(keys[i], i);
        }
        return index;
    }

    private int find(@Nullable Object key) {
        if (index != null) {
            return index.getOrDefault(key, -1);
        }
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(@Nullable Object key) {
        int at = find(key);
        return at < 0 ? null : (V) values[at];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return keys.length;
            }

            @Override
            public Iterator<Entry<String, V>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, V>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < keys.length;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int at = next++;
            return Map.entry(keys[at], (V) values[at]);
        }
    }
}
