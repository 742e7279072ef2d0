package io.orchestrator.core.registry.cache;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The changes that a watcher has yet to look at. Whoever may be concerned by any change looks at all in the ring from the first one
 * on, and is lost where the ring no longer has that. Whoever is sorted by a trigger looks at those alone that concern it: a
 * thousand nodes that looked at each other's pods would read the ring a thousand times when many pods change at once, and would
 * all have to list again when the ring goes round before each had its turn. Not thread-safe: the cache guards it.
 */
final class Backlog {
    private static final long NOTHING = -1;

    private final boolean noting;
    private ArrayDeque<CachedChange> noted = new ArrayDeque<>();
    private long from = NOTHING;
    /** How much of what came before the watcher did is still noted. */
    private int caughtUp;

    private boolean overflowed;

    /** @param noting whether changes that concern nobody here are left out */
    Backlog(boolean noting) {
        this.noting = noting;
    }

    /** What came before the watcher did. */
    void catchUp(ChangeRing ring, TriggerIndex index, String trigger, long revision) {
        if (noting) {
            noted.addAll(index.changesAfter(trigger, revision));
            caughtUp = noted.size();
            return;
        }
        long first = ring.firstAfter(revision);
        from = first < ring.next() ? first : NOTHING;
    }

    /**
     * The change at this position may concern the watcher.
     *
     * @param bound how many may wait besides what it has to catch up with, of which all was promised when it was let in
     */
    void note(CachedChange change, long position, int bound) {
        if (!noting) {
            from = from < 0 ? position : from;
        } else if (!overflowed && noted.size() - caughtUp < bound) {
            noted.add(change);
        } else {
            // It is lost, however long it takes to hear of that: nothing of it is kept from the collector meanwhile.
            overflowed = true;
            noted = new ArrayDeque<>(0);
            caughtUp = 0;
        }
    }

    /** Whether there is nothing to look at; one that is lost has that to hear. */
    boolean isEmpty() {
        return from < 0 && noted.isEmpty() && !overflowed;
    }

    /** Whether something that the watcher had to look at is gone. */
    boolean isLost(ChangeRing ring) {
        return overflowed || (from >= 0 && from < ring.oldest());
    }

    /** Takes the next ones, in order, where none is lost. */
    void take(int most, ChangeRing ring, List<CachedChange> into) {
        if (from >= 0) {
            long end = ring.next();
            long stop = Math.min(end, from + most);
            for (long position = from; position < stop; position++) {
                into.add(ring.at(position));
            }
            from = stop < end ? stop : NOTHING;
        }
        while (into.size() < most && !noted.isEmpty()) {
            into.add(noted.removeFirst());
            caughtUp = Math.max(0, caughtUp - 1);
        }
    }
}
