package io.orchestrator.store.etcd;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What this store has written last, by revision: the event of such a write is told with the very value that was given, as by a
 * store that keeps everything in this process, so that nobody who has the object reads it from its bytes again. Where the event
 * was faster than the answer, or came much later, the value is made of its bytes. Thread-safe.
 */
final class OwnValues {
    private static final int KEPT = 512;
    /** What waits here for an event that may never come shall not add up to much. */
    private static final int LARGEST = 32 << 10;

    private final AtomicReferenceArray<Written> slots = new AtomicReferenceArray<>(KEPT);

    private record Written(Entry entry, byte[] bytes) {
        boolean is(StoreKey key, long revision, byte[] told) {
            return entry.revision() == revision && entry.key().equals(key) && Arrays.equals(bytes, told);
        }
    }

    /** @param bytes those of the value, which do not change */
    void note(Entry written, byte[] bytes) {
        if (bytes.length <= LARGEST) {
            slots.set(slot(written.revision()), new Written(written, bytes));
        }
    }

    /**
     * The value that an event tells. One that was given is handed out once and not kept any longer.
     *
     * @param told the bytes in the event, given away. They are compared, since an etcd that was restored from a copy counts its
     *     revisions again
     */
    StoreValue take(StoreKey key, long revision, byte[] told) {
        int slot = slot(revision);
        Written known = slots.get(slot);
        if (known != null && known.is(key, revision, told)) {
            slots.compareAndSet(slot, known, null);
            return known.entry().value();
        }
        return StoreValue.of(told);
    }

    private static int slot(long revision) {
        return (int) (revision % KEPT);
    }
}
