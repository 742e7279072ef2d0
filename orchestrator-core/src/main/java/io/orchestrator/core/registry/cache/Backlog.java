package io.orchestrator.core.registry.cache;

import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/**
 * The positions of a ring that a watcher has yet to look at. Whoever may be concerned by any change looks at all from the first
 * one on. Whoever is sorted by a trigger looks at those alone that were noted for it: a thousand nodes that looked at each
 * other's pods would read the ring a thousand times when many pods change at once. Not thread-safe: the cache guards it.
 */
final class Backlog {
    private static final long NOTHING = -1;

    private final boolean noting;
    private final ArrayDeque<Long> noted = new ArrayDeque<>();
    private long from = NOTHING;
    private long until = NOTHING;

    /** @param noting whether changes that concern nobody here are left out */
    Backlog(boolean noting) {
        this.noting = noting;
    }

    /** What came before the watcher did: all of it is looked at, whomever it concerned. */
    void catchUp(long first, long next) {
        if (first < next) {
            from = first;
            until = next;
        }
    }

    /** The change at this position may concern the watcher. One whose first is lost is lost itself, and remembers no more. */
    void note(long position, long oldest) {
        if (!noting) {
            from = from < 0 ? position : from;
        } else if (isEmpty() || first() >= oldest) {
            noted.add(position);
        }
    }

    boolean isEmpty() {
        return from < 0 && noted.isEmpty();
    }

    /** The first of them; there must be one. */
    long first() {
        return from >= 0 ? from : noted.getFirst();
    }

    /** Takes the next ones, in order. @param next the position that the next change will get */
    void take(int most, long next, LongConsumer action) {
        int taken = 0;
        if (from >= 0) {
            long end = noting ? until : next;
            long stop = Math.min(end, from + most);
            for (long position = from; position < stop; position++) {
                action.accept(position);
                taken++;
            }
            from = stop < end ? stop : NOTHING;
        }
        while (taken < most && !noted.isEmpty()) {
            action.accept(noted.removeFirst());
            taken++;
        }
    }
}
