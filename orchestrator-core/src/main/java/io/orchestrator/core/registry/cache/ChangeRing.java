package io.orchestrator.core.registry.cache;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of one kind, by position. Positions count from 0 and never repeat; a position that has been overwritten
 * is gone. Grows up to its bound, then forgets the oldest. Not thread-safe: the cache guards it.
 */
final class ChangeRing {
    private static final int FIRST_SIZE = 64;

    private final int bound;
    private @Nullable CachedChange[] slots;
    private long oldest;
    private long next;

    ChangeRing(int bound) {
        this.bound = bound;
        this.slots = new CachedChange[Math.min(FIRST_SIZE, bound)];
    }

    /** How many it holds at most. */
    int bound() {
        return bound;
    }

    /** Adds behind the newest and returns its position. */
    long add(CachedChange change) {
        if (next - oldest == slots.length) {
            if (slots.length < bound) {
                grow();
            } else {
                oldest++;
            }
        }
        slots[(int) (next % slots.length)] = change;
        return next++;
    }

    /** The revision of the change that the next one will push out; 0 while there is room. */
    long revisionLostByAdding() {
        return next - oldest == bound ? at(oldest).revision() : 0;
    }

    /** The oldest position that is still there; equal to {@link #next} when there is none. */
    long oldest() {
        return oldest;
    }

    /** The position that the next change will get. */
    long next() {
        return next;
    }

    CachedChange at(long position) {
        CachedChange change = slots[(int) (position % slots.length)];
        if (position < oldest || position >= next || change == null) {
            throw new IllegalArgumentException("no change at position " + position);
        }
        return change;
    }

    /** The first position whose change came after {@code revision}. */
    long firstAfter(long revision) {
        long low = oldest;
        long high = next;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (at(middle).revision() <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Forgets all changes; positions go on. */
    void clear() {
        Arrays.fill(slots, null);
        oldest = next;
    }

    private void grow() {
        CachedChange[] larger = new CachedChange[(int) Math.min(bound, slots.length * 2L)];
        for (long position = oldest; position < next; position++) {
            larger[(int) (position % larger.length)] = at(position);
        }
        slots = larger;
    }
}
