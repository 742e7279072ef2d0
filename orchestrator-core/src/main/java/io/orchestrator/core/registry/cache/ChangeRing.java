package io.orchestrator.core.registry.cache;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of one kind, by position. Positions count from 0 and never repeat; a position that has been dropped is gone.
 *
 * <p>It keeps what is not older than a minute and a quarter, so that who comes back after a moment finds the place where it was:
 * but never more than {@code most}, and as many as {@code least} however old they are. Not thread-safe: the cache guards it.
 */
final class ChangeRing {
    private static final int FIRST_SIZE = 64;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(75);

    private final int least;
    private final int most;
    private final Consumer<CachedChange> dropped;
    private @Nullable CachedChange[] slots;
    private long oldest;
    private long next;
    private long lost;

    /** @param dropped gets each change that is kept no longer, in their order */
    ChangeRing(int least, int most, Consumer<CachedChange> dropped) {
        this.least = Math.min(least, most);
        this.most = most;
        this.dropped = dropped;
        this.slots = new CachedChange[Math.min(FIRST_SIZE, this.least)];
    }

    /** Adds behind the newest and returns its position. */
    long add(CachedChange change) {
        if (next - oldest == slots.length) {
            makeRoom(change.nanos());
        }
        slots[index(next)] = change;
        return next++;
    }

    private void makeRoom(long now) {
        int size = slots.length;
        if (size < least) {
            resize(Math.min(least, size * 2));
        } else if (size < most && isFresh(at(oldest), now)) {
            resize((int) Math.min(most, size * 2L));
        } else if (size > least && !isFresh(at(next - size / 4), now)) {
            // The newest quarter reaches back far enough: half of it will do for a while.
            int smaller = Math.max(least, size / 2);
            while (next - oldest >= smaller) {
                drop();
            }
            resize(smaller);
        } else {
            drop();
        }
    }

    private static boolean isFresh(CachedChange change, long now) {
        return now - change.nanos() < FRESH_NANOS;
    }

    private void drop() {
        CachedChange change = at(oldest);
        slots[index(oldest)] = null;
        lost = change.revision();
        oldest++;
        dropped.accept(change);
    }

    /** The revision of the last change that was dropped; 0 for none. */
    long lost() {
        return lost;
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
        CachedChange change = slots[index(position)];
        if (position < oldest || position >= next || change == null) {
            throw new IllegalArgumentException("no change at position " + position);
        }
        return change;
    }

    private int index(long position) {
        return (int) (position % slots.length);
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

    private void resize(int size) {
        CachedChange[] other = new CachedChange[size];
        for (long position = oldest; position < next; position++) {
            other[(int) (position % size)] = at(position);
        }
        slots = other;
    }
}
