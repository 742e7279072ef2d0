package io.orchestrator.testkit.store;

import io.orchestrator.spi.store.Change;
import io.orchestrator.spi.store.ChangeSink;
import io.orchestrator.spi.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a watch delivers and holds it to the watch contract while it comes: one call at a time, revisions that rise,
 * whole revisions, no progress mark ahead of a change, nothing behind the end. What it finds wrong is in
 * {@link #violations()}.
 */
public class RecordingSink implements ChangeSink {
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long after;
    private long progress;
    private boolean busy;
    private @Nullable StoreException end;

    /** @param after the revision behind which the watch begins */
    public RecordingSink(long after, Duration patience) {
        this.after = after;
        this.patience = patience;
    }

    /** What a test does inside the call, with no lock held. */
    protected void onChanges(long revision, List<Change> batch) {}

    @Override
    public final void changes(long revision, List<Change> batch) {
        enter("changes at " + revision);
        lock.lock();
        try {
            expect(revision > after, "revision " + revision + " after " + after);
            expect(!batch.isEmpty(), "no changes at " + revision);
            expect(batch.stream().allMatch(c -> c.revision() == revision), "not of one revision: " + batch);
            after = Math.max(after, revision);
            changes.addAll(batch);
            news.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            onChanges(revision, batch);
        } finally {
            leave();
        }
    }

    @Override
    public final void progress(long revision) {
        enter("progress to " + revision);
        lock.lock();
        try {
            expect(revision >= after, "progress to " + revision + " when " + after + " was delivered");
            // Remembered as delivered: a change that comes later and is not newer breaks the promise of this mark.
            after = Math.max(after, revision);
            progress = revision;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        leave();
    }

    @Override
    public final void closed(StoreException cause) {
        enter("closed");
        lock.lock();
        try {
            end = cause;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        leave();
    }

    public List<Change> changes() {
        lock.lock();
        try {
            return List.copyOf(changes);
        } finally {
            lock.unlock();
        }
    }

    public List<String> violations() {
        lock.lock();
        try {
            return List.copyOf(violations);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so many changes and returns all that came. */
    public List<Change> awaitChanges(int count) {
        await(() -> changes.size() >= count, count + " changes");
        return changes();
    }

    /** Waits until a change or a progress mark of this revision, or of a later one, has come. */
    public List<Change> awaitRevision(long revision) {
        await(() -> after >= revision, "revision " + revision);
        return changes();
    }

    /** Waits for a progress mark of this revision or of a later one. */
    public long awaitProgress(long revision) {
        await(() -> progress >= revision, "progress to " + revision);
        return progress;
    }

    public StoreException awaitEnd() {
        await(() -> end != null, "the end");
        lock.lock();
        try {
            if (end == null) {
                throw new AssertionError("no end");
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the store has said that the watch is over. */
    public boolean hasEnded() {
        lock.lock();
        try {
            return end != null;
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier condition, String what) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0 || end != null) {
                    throw new AssertionError("waited up to " + patience + " for " + what + "; at " + after + " with "
                            + changes.size() + " changes, end: " + end);
                }
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void enter(String call) {
        lock.lock();
        try {
            expect(!busy, call + " while another call is under way");
            expect(end == null, call + " behind the end");
            busy = true;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            busy = false;
        } finally {
            lock.unlock();
        }
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
