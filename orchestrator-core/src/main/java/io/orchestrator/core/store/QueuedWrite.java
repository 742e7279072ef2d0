package io.orchestrator.core.store;

import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile @Nullable StoreException failure;
    private volatile boolean settled;
    private volatile boolean called;

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

    /** Says what became of it, under the lock of the order; whoever waits for that is still to be woken. */
    void settle(@Nullable StoreException why) {
        failure = why;
        settled = true;
    }

    /** Wakes all who wait for what has just been said. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Tells the writer that it is to commit, for itself and all who wait; or takes that back. */
    void call(boolean now) {
        called = now;
    }

    boolean isSettled() {
        return settled;
    }

    /** @throws StoreException as it was given to {@link #settle} */
    void outcome() {
        StoreException why = failure;
        if (why != null) {
            throw why;
        }
    }

    /** Its writer waits here until it is settled or called to commit. @return how much is left of the time; none when it is over */
    long awaitTurn(long nanos) {
        return await(nanos, () -> settled || called);
    }

    /** False when the outcome is not known within the time. */
    boolean awaitSettled(long nanos) {
        await(nanos, () -> settled);
        return settled;
    }

    /** A writer that went away would not know what became of its write, though it is only a sync of the disk away. */
    private long await(long nanos, BooleanSupplier reached) {
        boolean interrupted = Thread.interrupted();
        long left = nanos;
        lock.lock();
        try {
            while (left > 0 && !reached.getAsBoolean()) {
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return left;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
