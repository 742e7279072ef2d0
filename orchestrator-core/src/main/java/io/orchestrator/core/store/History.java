package io.orchestrator.core.store;

import io.orchestrator.spi.store.StoreException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last writes in one ring, which all watchers share: a watcher is a position in it, so nothing is buffered for any of
 * them. As each write has a revision of its own and revisions have no holes, a revision's place is its remainder.
 *
 * <p>Changed under the store's write lock, read by anyone. A reader that is overtaken finds its place empty or taken by a
 * later revision, and knows.
 */
final class History {
    /** A new store stands at 1, so that 0 can mean "from the beginning" and "the newest". */
    static final long FIRST_REVISION = 1;

    private final AtomicReferenceArray<@Nullable Version> ring;
    private final Consumer<Version> forgotten;
    private volatile long head = FIRST_REVISION;
    private volatile long floor;

    /** @param forgotten told, under the write lock, of each version that leaves the ring */
    History(int length, Consumer<Version> forgotten) {
        this.ring = new AtomicReferenceArray<>(length);
        this.forgotten = forgotten;
    }

    /** The newest published revision. */
    long head() {
        return head;
    }

    /** The oldest revision that can still be listed, and after which can still be watched. */
    long floor() {
        return floor;
    }

    /** Before anybody reads: the revision before which nothing is known, and which is the newest so far. */
    void begin(long revision) {
        floor = revision;
        head = Math.max(revision, FIRST_REVISION);
    }

    /** Takes the next revision, pushing out the oldest when the ring is full; nobody sees it before {@link #publish}. */
    void append(Version version) {
        int place = place(version.revision);
        Version oldest = ring.get(place);
        if (oldest != null) {
            floor = oldest.revision;
            drop(oldest);
        }
        ring.setRelease(place, version);
    }

    void publish(long revision) {
        head = revision;
    }

    /** The write that made the revision; null when it is no longer kept. */
    @Nullable
    Version at(long revision) {
        Version version = ring.getAcquire(place(revision));
        return version != null && version.revision == revision ? version : null;
    }

    void compact(long revision) {
        if (revision > head) {
            throw new StoreException.FutureRevision(revision, head);
        }
        long from = Math.max(floor, FIRST_REVISION);
        if (revision <= floor) {
            return;
        }
        // The floor rises first: a reader who meets a cut chain then also sees why.
        floor = revision;
        for (long gone = from; gone <= revision; gone++) {
            Version version = at(gone);
            if (version != null) {
                ring.setRelease(place(gone), null);
                drop(version);
            }
        }
    }

    private void drop(Version version) {
        version.forgetOlder();
        forgotten.accept(version);
    }

    private int place(long revision) {
        return (int) (revision % ring.length());
    }
}
