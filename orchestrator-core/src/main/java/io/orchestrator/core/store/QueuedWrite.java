package io.orchestrator.core.store;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A write that has its place in the order and does not lie on the disk yet. Made under the lock of the order; its outcome is
 * set by whoever commits, and read by its writer once that one is done.
 */
final class QueuedWrite {
    final StoreKey key;
    final long revision;

    /** What the key is to hold; null for a removal. */
    final @Nullable Entry entry;

    /** The revision of what it takes the place of; 0 when nothing stood there. */
    final long replaces;

    private final JournalRecord record;
    private final CountDownLatch settled = new CountDownLatch(1);
    private final CountDownLatch turn = new CountDownLatch(1);
    private volatile @Nullable StoreException failure;

    private QueuedWrite(
            StoreKey key, long revision, @Nullable Entry entry, @Nullable Entry replaced, JournalRecord record) {
        this.key = key;
        this.revision = revision;
        this.entry = entry;
        this.replaces = replaced == null ? 0 : replaced.revision();
        this.record = record;
    }

    /** @param bytes of the value, computed before any lock was taken */
    static QueuedWrite put(StoreKey key, StoreValue value, byte[] bytes, long revision, @Nullable Entry replaced) {
        long created = replaced == null ? revision : replaced.createRevision();
        Entry entry = new Entry(key, value, created, revision);
        return new QueuedWrite(key, revision, entry, replaced, new JournalRecord(revision, key, created, bytes));
    }

    static QueuedWrite removal(long revision, Entry replaced) {
        StoreKey key = replaced.key();
        return new QueuedWrite(key, revision, null, replaced, new JournalRecord(revision, key, revision, null));
    }

    Entry written() {
        return Objects.requireNonNull(entry, "not a removal");
    }

    JournalRecord record() {
        return record;
    }

    void succeed() {
        settled.countDown();
        turn.countDown();
    }

    void fail(StoreException why) {
        failure = why;
        succeed();
    }

    /** Tells the writer that it is to commit, for itself and all who wait. */
    void callToCommit() {
        turn.countDown();
    }

    /** Its writer waits here. Whether it is to commit; otherwise the outcome is known. */
    boolean awaitTurn() {
        awaitUninterruptibly(turn);
        return settled.getCount() > 0;
    }

    /** Others wait here until the outcome is known. */
    void awaitSettled() {
        awaitUninterruptibly(settled);
    }

    /** @throws StoreException as it was given to {@link #fail} */
    void outcome() {
        StoreException why = failure;
        if (why != null) {
            throw why;
        }
    }

    /** A writer that went away would not know what became of its write, though it is only a sync of the disk away. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
