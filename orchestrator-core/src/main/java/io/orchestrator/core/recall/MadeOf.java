package io.orchestrator.core.recall;

import java.lang.ref.WeakReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was made of immutable objects lately, found again by the very object. It keeps neither alive: what many objects of a
 * cluster share is held by them, and what nobody holds is not missed. Thread-safe.
 *
 * @param <K> of what something was made; equal ones that are not the same are strangers here
 * @param <V> what was made, immutable
 */
public final class MadeOf<K, V> {
    private static final int HASHES = 64;
    private static final int SEEN = 1 << 10;

    private final Lately<Known<K, V>> lately = new Lately<>(HASHES);
    private final Sightings sightings = new Sightings(SEEN);

    private record Known<K, V>(WeakReference<K> key, WeakReference<V> made) {}

    /** What was made of it; null where that is not known. */
    public @Nullable V find(K key) {
        int first = lately.first(System.identityHashCode(key));
        for (int place = first; place < first + Lately.WAYS; place++) {
            Known<K, V> known = lately.at(place);
            if (known != null && known.key().refersTo(key)) {
                return known.made().get();
            }
        }
        return null;
    }

    /** Keeps what was made of it, if the object has come before. */
    public void keep(K key, V made) {
        if (isSeenAgain(key)) {
            put(key, made);
        }
    }

    /** Whether the object has come before, so that it is worth to keep what is made of it; from now on it has. */
    public boolean isSeenAgain(K key) {
        return sightings.again(System.identityHashCode(key));
    }

    /** Keeps what was made of it. */
    public void put(K key, V made) {
        lately.keep(System.identityHashCode(key), new Known<>(new WeakReference<>(key), new WeakReference<>(made)));
    }

    /** What is made of it, which must always be the same. */
    public V of(K key, Function<? super K, ? extends V> make) {
        V known = find(key);
        if (known != null) {
            return known;
        }
        V made = make.apply(key);
        keep(key, made);
        return made;
    }
}
