package io.orchestrator.core.registry.cache;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.spi.store.Subscription;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader of a cache's ring. Its position is guarded by the cache; what it delivers, it delivers from one task at a time.
 */
final class Watcher implements Runnable, Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private final WatchCache cache;
    private final Selection selection;
    private final WatchSink sink;
    private final boolean bookmarks;

    /** What is left of the initial state. Confined to the delivering task. */
    private Iterator<StoredObject> initial;

    private boolean initialPending;
    private boolean markPending;
    /** What is left of the turn. Confined to the delivering task. */
    private Iterator<CachedChange> changes = Collections.emptyIterator();

    private long bookmark;

    /** What the watcher already knows: changes up to here are skipped. Confined to the delivering task. */
    private long after;

    /** The revision of the last event, by which a watcher knows as much as by a bookmark. Confined to the delivering task. */
    private long told;

    /** Guarded by the cache: what it has yet to look at; whether a task is under way; whether a mark is due. */
    final Backlog backlog;

    boolean scheduled;
    boolean bookmarkDue;
    /** Guarded by the cache: the revision up to where the watcher was last told how far it has come. */
    long marked;

    /** Guarded by the cache: whether the task under way waits for its sink; whether the sink was ready before that was known. */
    boolean paused;

    boolean resumed;

    private volatile boolean ended;
    private volatile @Nullable ApiException cause;
    private volatile @Nullable ScheduledFuture<?> deadline;

    Watcher(WatchCache cache, Selection selection, WatchSink sink, WatchStart start) {
        this.cache = cache;
        this.selection = selection;
        this.backlog = new Backlog(!selection.trigger().isEmpty());
        this.sink = sink;
        this.bookmarks = start.bookmarks();
        this.initial = start.initial().iterator();
        this.markPending = start.markInitialEnd();
        this.initialPending = !start.initial().isEmpty() || start.markInitialEnd();
        this.after = start.after();
        this.marked = start.after();
    }

    Selection selection() {
        return selection;
    }

    boolean wantsBookmarks() {
        return bookmarks;
    }

    /** The revision of the last event; for the end of a turn. */
    long told() {
        return told;
    }

    boolean hasInitialEvents() {
        return initialPending;
    }

    void deadline(ScheduledFuture<?> deadline) {
        this.deadline = deadline;
        if (ended) {
            deadline.cancel(false);
        }
    }

    /** One turn: the initial state, or the next few changes. The cache schedules another where more waits. */
    @Override
    public void run() {
        boolean paused = false;
        try {
            paused = !ended && !(initialTold() && turnTold());
        } catch (RuntimeException e) {
            LOG.warn("a watcher failed and is closed", e);
            end(new ApiException(Reason.INTERNAL_ERROR, "the watcher failed: " + e, e));
        }
        ApiException why = cause;
        if (why != null) {
            tellClosed(why);
        } else if (paused) {
            cache.pause(this);
        } else {
            cache.finish(this);
        }
    }

    /** False when the sink is not ready for the rest. */
    private boolean initialTold() {
        while (initial.hasNext() && !ended) {
            if (isBusy()) {
                return false;
            }
            sink.event(WatchEvent.Type.ADDED, initial.next());
        }
        initial = Collections.emptyIterator();
        if (markPending && !ended) {
            if (isBusy()) {
                return false;
            }
            markPending = false;
            sink.bookmark(after, true);
        }
        initialPending = false;
        return true;
    }

    private boolean turnTold() {
        if (!changes.hasNext() && bookmark == 0 && !ended) {
            WatchCache.Turn turn = cache.take(this);
            changes = turn.changes().iterator();
            bookmark = turn.bookmark();
        }
        while (changes.hasNext() && !ended) {
            if (isBusy()) {
                return false;
            }
            deliver(changes.next());
        }
        if (bookmark > Math.max(after, told) && !ended) {
            if (isBusy()) {
                return false;
            }
            after = bookmark;
            sink.bookmark(bookmark, false);
        }
        bookmark = 0;
        return true;
    }

    private boolean isBusy() {
        return !sink.isReady(() -> cache.resume(this));
    }

    private void deliver(CachedChange change) {
        if (change.revision() <= after) {
            return;
        }
        StoredObject before = change.before();
        StoredObject now = change.after();
        boolean seen = before != null && selection.sees(change.key(), before.object());
        if (now != null && selection.sees(change.key(), now.object())) {
            told = change.revision();
            sink.event(seen ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED, now);
        } else if (seen) {
            told = change.revision();
            sink.event(WatchEvent.Type.DELETED, change.gone());
        }
    }

    /** The watch has lasted as long as it was to. */
    void endInTime() {
        end(new ApiException(Reason.TIMEOUT, "the watch has lasted its time"));
    }

    /** Ends the watch with a last call to the sink, from its own task. */
    void end(ApiException why) {
        synchronized (this) {
            if (ended) {
                return;
            }
            cause = why;
            ended = true;
        }
        cancelDeadline();
        cache.forget(this);
        cache.wake(this);
    }

    /** Whether nothing but a last call may still come. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether a last call to the sink is due. */
    boolean hasLastCall() {
        return cause != null;
    }

    private void tellClosed(ApiException why) {
        cause = null;
        try {
            sink.closed(why);
        } catch (RuntimeException e) {
            LOG.warn("a watcher failed while it was closed", e);
        }
    }

    @Override
    public void close() {
        ended = true;
        cancelDeadline();
        cache.forget(this);
    }

    private void cancelDeadline() {
        ScheduledFuture<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
