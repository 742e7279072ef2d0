package io.orchestrator.core.schedule.persistent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map: a tree with 32 branches at each step, taken by five bits of the hash. A changed copy makes a few small
 * arrays anew and shares all others. The order of iteration depends on the hashes alone.
 */
public final class PersistentMap<K, V> {
    private static final int BITS = 5;
    private static final int MASK = 31;
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(new Branch(0, new Object[0]), 0);

    private record Entry(int hash, Object key, Object value) {}

    /** Different keys of one hash. */
    private record Collision(int hash, Entry[] entries) {}

    /**
     * @param bitmap which of the 32 branches there are
     * @param slots each an entry, a collision or a branch
     */
    private record Branch(int bitmap, Object[] slots) {}

    private final Branch root;
    private final int size;

    private PersistentMap(Branch root, int size) {
        this.root = root;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // holds nothing
    public static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    @SuppressWarnings("unchecked") // only V is put in
    public @Nullable V get(K key) {
        int hash = spread(key);
        Branch branch = root;
        for (int shift = 0; ; shift += BITS) {
            int bit = 1 << ((hash >>> shift) & MASK);
            if ((branch.bitmap & bit) == 0) {
                return null;
            }
            Object slot = branch.slots[index(branch.bitmap, bit)];
            if (slot instanceof Branch deeper) {
                branch = deeper;
                continue;
            }
            Entry found = entry(slot, hash, key);
            return found == null ? null : (V) found.value;
        }
    }

    public V getOrDefault(K key, V otherwise) {
        V value = get(key);
        return value == null ? otherwise : value;
    }

    public boolean containsKey(K key) {
        return get(key) != null;
    }

    public PersistentMap<K, V> with(K key, V value) {
        Objects.requireNonNull(value);
        boolean known = containsKey(key);
        Branch changed = put(root, 0, new Entry(spread(key), key, value));
        return new PersistentMap<>(changed, known ? size : size + 1);
    }

    public PersistentMap<K, V> without(K key) {
        if (!containsKey(key)) {
            return this;
        }
        if (size == 1) {
            return empty();
        }
        return new PersistentMap<>(remove(root, 0, spread(key), key), size - 1);
    }

    @SuppressWarnings("unchecked") // only K and V are put in
    public void forEach(BiConsumer<? super K, ? super V> action) {
        visit(root, entry -> action.accept((K) entry.key, (V) entry.value));
    }

    /** The same keys with other values. */
    @SuppressWarnings("unchecked") // only V is put in
    public PersistentMap<K, V> mapValues(UnaryOperator<V> change) {
        return size == 0 ? this : new PersistentMap<>(mapped(root, value -> change.apply((V) value)), size);
    }

    public List<V> values() {
        List<V> values = new ArrayList<>(size);
        forEach((key, value) -> values.add(value));
        return values;
    }

    private static Branch mapped(Branch branch, UnaryOperator<Object> change) {
        Object[] slots = new Object[branch.slots.length];
        for (int i = 0; i < slots.length; i++) {
            Object slot = branch.slots[i];
            if (slot instanceof Branch deeper) {
                slots[i] = mapped(deeper, change);
            } else if (slot instanceof Entry entry) {
                slots[i] = mapped(entry, change);
            } else {
                Collision collision = (Collision) slot;
                Entry[] entries = new Entry[collision.entries.length];
                for (int j = 0; j < entries.length; j++) {
                    entries[j] = mapped(collision.entries[j], change);
                }
                slots[i] = new Collision(collision.hash, entries);
            }
        }
        return new Branch(branch.bitmap, slots);
    }

    private static Entry mapped(Entry entry, UnaryOperator<Object> change) {
        return new Entry(entry.hash, entry.key, change.apply(entry.value));
    }

    private interface Visitor {
        void see(Entry entry);
    }

    private static void visit(Branch branch, Visitor visitor) {
        for (Object slot : branch.slots) {
            if (slot instanceof Branch deeper) {
                visit(deeper, visitor);
            } else if (slot instanceof Collision collision) {
                for (Entry entry : collision.entries) {
                    visitor.see(entry);
                }
            } else {
                visitor.see((Entry) slot);
            }
        }
    }

    private static Branch put(Branch branch, int shift, Entry added) {
        int bit = 1 << ((added.hash >>> shift) & MASK);
        int index = index(branch.bitmap, bit);
        if ((branch.bitmap & bit) == 0) {
            Object[] slots = new Object[branch.slots.length + 1];
            System.arraycopy(branch.slots, 0, slots, 0, index);
            slots[index] = added;
            System.arraycopy(branch.slots, index, slots, index + 1, branch.slots.length - index);
            return new Branch(branch.bitmap | bit, slots);
        }
        Object[] slots = branch.slots.clone();
        slots[index] = joined(slots[index], shift + BITS, added);
        return new Branch(branch.bitmap, slots);
    }

    private static Object joined(Object slot, int shift, Entry added) {
        if (slot instanceof Branch deeper) {
            return put(deeper, shift, added);
        }
        int hash = slot instanceof Entry entry ? entry.hash : ((Collision) slot).hash;
        if (hash != added.hash) {
            Branch fresh = new Branch(1 << ((hash >>> shift) & MASK), new Object[] {slot});
            return put(fresh, shift, added);
        }
        if (slot instanceof Entry entry) {
            return entry.key.equals(added.key) ? added : new Collision(hash, new Entry[] {entry, added});
        }
        Entry[] entries = ((Collision) slot).entries;
        for (int i = 0; i < entries.length; i++) {
            if (entries[i].key.equals(added.key)) {
                Entry[] changed = entries.clone();
                changed[i] = added;
                return new Collision(hash, changed);
            }
        }
        Entry[] more = Arrays.copyOf(entries, entries.length + 1);
        more[entries.length] = added;
        return new Collision(hash, more);
    }

    /** The key is known to be there. */
    private static Branch remove(Branch branch, int shift, int hash, Object key) {
        int bit = 1 << ((hash >>> shift) & MASK);
        int index = index(branch.bitmap, bit);
        Object left = reduced(branch.slots[index], shift + BITS, hash, key);
        if (left != null) {
            Object[] slots = branch.slots.clone();
            slots[index] = left;
            return new Branch(branch.bitmap, slots);
        }
        Object[] slots = new Object[branch.slots.length - 1];
        System.arraycopy(branch.slots, 0, slots, 0, index);
        System.arraycopy(branch.slots, index + 1, slots, index, slots.length - index);
        return new Branch(branch.bitmap & ~bit, slots);
    }

    private static @Nullable Object reduced(Object slot, int shift, int hash, Object key) {
        if (slot instanceof Branch deeper) {
            Branch left = remove(deeper, shift, hash, key);
            return left.slots.length == 0 ? null : left;
        }
        if (slot instanceof Collision collision) {
            Entry[] left = Arrays.stream(collision.entries)
                    .filter(entry -> !entry.key.equals(key))
                    .toArray(Entry[]::new);
            return left.length == 1 ? left[0] : new Collision(hash, left);
        }
        return null;
    }

    private static @Nullable Entry entry(Object slot, int hash, Object key) {
        if (slot instanceof Entry entry) {
            return entry.hash == hash && entry.key.equals(key) ? entry : null;
        }
        for (Entry entry : ((Collision) slot).entries) {
            if (entry.key.equals(key)) {
                return entry;
            }
        }
        return null;
    }

    private static int index(int bitmap, int bit) {
        return Integer.bitCount(bitmap & (bit - 1));
    }

    /** Brings the upper bits to bear early. */
    private static int spread(Object key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }
}
