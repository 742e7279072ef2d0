package io.orchestrator.core.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.spi.store.Entry;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The order of the writes of a {@link DurableStore}: those that wait, those that are under way to the disk, and what each key will
 * hold once they lie there. Thread-safe; its lock is held over no I/O.
 */
final class CommitQueue {
    private static final int MOST_PER_COMMIT = 1_024;

    private final MemoryStore memory;
    private final ReentrantLock ordering = new ReentrantLock();
    private final Condition idle = ordering.newCondition();

    /** The newest write of each key that is not settled. */
    @GuardedBy("ordering")
    private final Map<StoreKey, QueuedWrite> newest = new HashMap<>();

    @GuardedBy("ordering")
    private List<QueuedWrite> waiting = new ArrayList<>();

    @GuardedBy("ordering")
    private List<QueuedWrite> underWay = List.of();

    @GuardedBy("ordering")
    private long nextRevision;

    /** Whether somebody commits, is about to, or was called to; so whenever anything waits or is under way. */
    @GuardedBy("ordering")
    private boolean busy;

    /** Who was called to commit and has not begun: one of those that wait. */
    @GuardedBy("ordering")
    private @Nullable QueuedWrite called;

    @GuardedBy("ordering")
    private boolean closed;

    /** Why nothing queues up: a write has waited for too long. Only while somebody is at it who ends this when the disk is back. */
    @GuardedBy("ordering")
    private @Nullable String stalled;

    /** @param memory holds what lies on the disk */
    CommitQueue(MemoryStore memory) {
        this.memory = memory;
        this.nextRevision = memory.revision() + 1;
    }

    /** Makes the write of what stands under a key. */
    @FunctionalInterface
    interface Writer {
        /** Null where there is nothing to be written. */
        @Nullable
        QueuedWrite of(long revision, @Nullable Entry current);
    }

    /**
     * What became of an attempt to queue up.
     *
     * @param write that has its place; null where there is none
     * @param first whether whoever wrote it is to have it committed
     * @param ahead that must be settled before anything can be said; null where that is not so
     */
    record Place(
            @Nullable QueuedWrite write,
            boolean first,
            @Nullable QueuedWrite ahead) {}

    /** Checks and queues up in one step. @throws StoreException when the write is refused for good, or the disk takes none */
    Place take(StoreKey key, Expect expect, Writer writer) {
        ordering.lock();
        try {
            if (closed) {
                throw new StoreException.Closed();
            }
            if (stalled != null) {
                throw StoreException.Unavailable.unwritten(stalled, null);
            }
            @Nullable QueuedWrite ahead = newest.get(key);
            @Nullable Entry current = standing(key);
            try {
                Expectations.check(key, current, expect, this::standing);
            } catch (StoreException.Fenced e) {
                return new Place(null, false, unsettled(newest.get(((Expect.WhileStands) expect).guard()), e));
            } catch (StoreException.Conflict e) {
                return new Place(null, false, unsettled(ahead, e));
            }
            @Nullable QueuedWrite write = writer.of(nextRevision, current);
            if (write == null) {
                return new Place(null, false, ahead);
            }
            nextRevision++;
            waiting.add(write);
            newest.put(key, write);
            boolean first = !busy;
            busy = true;
            return new Place(write, first, null);
        } finally {
            ordering.unlock();
        }
    }

    private static QueuedWrite unsettled(@Nullable QueuedWrite ahead, StoreException refusal) {
        if (ahead == null) {
            throw refusal;
        }
        return ahead;
    }

    /** What stands or is about to. */
    private @Nullable Entry standing(StoreKey key) {
        ordering.lock();
        try {
            QueuedWrite queued = newest.get(key);
            return queued != null ? queued.entry : memory.get(key).orElse(null);
        } finally {
            ordering.unlock();
        }
    }

    /** What is to be committed now; until it is {@link #settled}, it is under way. Empty when nothing waits. */
    List<QueuedWrite> next() {
        ordering.lock();
        try {
            // Whoever asks for more has come back from the disk, and takes over from whoever was called.
            stalled = null;
            call(null);
            List<QueuedWrite> first = waiting.subList(0, Math.min(waiting.size(), MOST_PER_COMMIT));
            underWay = List.copyOf(first);
            first.clear();
            return underWay;
        } finally {
            ordering.unlock();
        }
    }

    /** What was under way lies on the disk and in memory. */
    void settled() {
        List<QueuedWrite> batch;
        ordering.lock();
        try {
            batch = underWay;
            underWay = List.of();
            stalled = null;
            for (QueuedWrite write : batch) {
                newest.remove(write.key, write);
                write.settle(null);
            }
        } finally {
            ordering.unlock();
        }
        batch.forEach(QueuedWrite::wake);
    }

    /** What was under way was not written: all that queued up rests on writes that are not to be, and is refused with them. */
    void abandon(StoreException why) {
        List<QueuedWrite> batch;
        List<QueuedWrite> behind;
        ordering.lock();
        try {
            batch = underWay;
            underWay = List.of();
            stalled = null;
            batch.forEach(write -> write.settle(why));
            behind = withdraw(
                    why instanceof StoreException.Refused
                            ? new StoreException.Refused(why.getMessage(), why)
                            : StoreException.Unavailable.unwritten(why.getMessage(), why));
        } finally {
            ordering.unlock();
        }
        batch.forEach(QueuedWrite::wake);
        behind.forEach(QueuedWrite::wake);
    }

    /**
     * A write was not settled in its time: from now on until the disk comes back nothing queues up any more, and what waits goes
     * away unwritten. What became of this one its {@link QueuedWrite#outcome} tells, or the answer.
     *
     * @return that nobody knows yet; empty where its outcome is known
     */
    Optional<StoreException> stall(QueuedWrite write, String why) {
        List<QueuedWrite> behind;
        ordering.lock();
        try {
            if (write.isSettled()) {
                return Optional.empty();
            }
            behind = withdraw(StoreException.Unavailable.unwritten(why, null));
            // Where only somebody called was to commit, nobody is at it any more, and the next to come finds out anew.
            stalled = busy ? why : null;
        } finally {
            ordering.unlock();
        }
        behind.forEach(QueuedWrite::wake);
        return write.isSettled()
                ? Optional.empty()
                : Optional.of(
                        new StoreException.Unavailable(why + "; whether this is still written is not known", null));
    }

    /** Takes back what waits, and with it the call to commit. @return who is to be woken */
    @GuardedBy("ordering")
    private List<QueuedWrite> withdraw(StoreException why) {
        List<QueuedWrite> behind = waiting;
        waiting = new ArrayList<>();
        newest.clear();
        if (!closed) {
            // There may be more than queued up: what a failed commit wrote all the same.
            nextRevision = memory.revision() + 1;
        }
        for (QueuedWrite write : underWay) {
            newest.put(write.key, write);
            nextRevision = write.revision + 1;
        }
        behind.forEach(write -> write.settle(why));
        if (called != null) {
            call(null);
            rest();
        }
        return behind;
    }

    @GuardedBy("ordering")
    private void call(@Nullable QueuedWrite write) {
        if (called != null) {
            called.call(false);
        }
        called = write;
        if (write != null) {
            write.call(true);
            write.wake();
        }
    }

    @GuardedBy("ordering")
    private void rest() {
        busy = false;
        idle.signalAll();
    }

    /** Why nothing can be written at this moment, as far as it is known. */
    Optional<String> stalled() {
        ordering.lock();
        try {
            return Optional.ofNullable(stalled);
        } finally {
            ordering.unlock();
        }
    }

    /**
     * Ends a commit, however it went. Somebody goes on for those that wait; where nobody does, the next to come is the first.
     *
     * @param goOn whether who has committed would do so again; otherwise the first of those that wait is called to it
     * @return whether it is to
     */
    boolean release(boolean goOn) {
        ordering.lock();
        try {
            underWay = List.of();
            return handOn(goOn);
        } finally {
            ordering.unlock();
        }
    }

    /** Who was to commit goes away without having begun. */
    void forgo() {
        ordering.lock();
        try {
            if (underWay.isEmpty()) {
                handOn(false);
            }
        } finally {
            ordering.unlock();
        }
    }

    @GuardedBy("ordering")
    private boolean handOn(boolean goOn) {
        stalled = null;
        if (waiting.isEmpty()) {
            rest();
            return false;
        }
        call(goOn ? null : waiting.get(0));
        return goOn;
    }

    /** Whether the writer of it was called to commit, which is then its own to do. */
    boolean claim(QueuedWrite write) {
        ordering.lock();
        try {
            boolean claimed = called == write;
            if (claimed) {
                call(null);
            }
            return claimed;
        } finally {
            ordering.unlock();
        }
    }

    /** Waits until nothing waits or is under way, interrupted or not. @return how much is left of the time; none when it is over */
    long awaitIdle(long nanos) {
        boolean interrupted = Thread.interrupted();
        long left = nanos;
        ordering.lock();
        try {
            while (busy && left > 0) {
                try {
                    left = idle.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return left;
        } finally {
            ordering.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Nothing queues up any more. False when that is so already. */
    boolean close() {
        ordering.lock();
        try {
            boolean open = !closed;
            closed = true;
            return open;
        } finally {
            ordering.unlock();
        }
    }

    /** After the end: those that wait will not be written. */
    void dropWaiting() {
        List<QueuedWrite> behind;
        ordering.lock();
        try {
            behind = withdraw(new StoreException.Closed());
        } finally {
            ordering.unlock();
        }
        behind.forEach(QueuedWrite::wake);
    }
}
