package io.orchestrator.core.recall;

import org.jspecify.annotations.Nullable;

/**
 * What was made lately, to be found again by a hash: a table of fixed size with a few places for each hash, so that some that fall
 * together do not push each other out in turn. The newest of a hash pushes out the oldest. Thread-safe where the entries are
 * immutable: races are benign, since whoever finds nothing makes an equal entry.
 *
 * @param <E> an entry, which knows whether it is the one that is looked for
 */
public final class Lately<E> {
    /** Places of a hash. */
    public static final int WAYS = 4;

    private final int mask;
    private final @Nullable Object[] places;

    /** @param hashes how many are told apart, a power of two */
    public Lately(int hashes) {
        if (Integer.bitCount(hashes) != 1) {
            throw new IllegalArgumentException("no power of two: " + hashes);
        }
        this.mask = hashes - 1;
        this.places = new Object[hashes * WAYS];
    }

    /** The first place of the hash, which has {@link #WAYS} of them. */
    public int first(int hash) {
        return ((hash ^ hash >>> 16) & mask) * WAYS;
    }

    /** What is kept at the place; null for nothing. */
    @SuppressWarnings("unchecked") // put there by keep alone
    public @Nullable E at(int place) {
        return (E) places[place];
    }

    /** Keeps the entry as the newest of its hash. */
    public void keep(int hash, E entry) {
        int first = first(hash);
        for (int place = first + WAYS - 1; place > first; place--) {
            places[place] = places[place - 1];
        }
        places[first] = entry;
    }
}
