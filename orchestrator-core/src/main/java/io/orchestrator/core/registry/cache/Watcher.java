package io.orchestrator.core.registry.cache;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.spi.store.Subscription;
import java.util.List;
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
    private final boolean markInitialEnd;

    /** Confined to the delivering task. */
    private List<StoredObject> initial;

    private boolean initialPending;

    /** What the watcher already knows: changes up to here are skipped. Confined to the delivering task. */
    private long after;

    /** Guarded by the cache: the first position that may matter, or -1; whether a task is under way; whether a mark is due. */
    long pendingFrom = -1;

    boolean scheduled;
    boolean bookmarkDue;

    private volatile boolean ended;
    private volatile @Nullable ApiException cause;
    private volatile @Nullable ScheduledFuture<?> deadline;

    Watcher(WatchCache cache, Selection selection, WatchSink sink, WatchStart start) {
        this.cache = cache;
        this.selection = selection;
        this.sink = sink;
        this.bookmarks = start.bookmarks();
        this.markInitialEnd = start.markInitialEnd();
        this.initial = start.initial();
        this.initialPending = !start.initial().isEmpty() || start.markInitialEnd();
        this.after = start.after();
    }

    Selection selection() {
        return selection;
    }

    boolean wantsBookmarks() {
        return bookmarks;
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
        try {
            if (!ended && initialPending) {
                deliverInitial();
            }
            WatchCache.Turn turn = ended ? WatchCache.Turn.NOTHING : cache.take(this);
            for (CachedChange change : turn.changes()) {
                if (ended) {
                    break;
                }
                deliver(change);
            }
            if (turn.bookmark() > after && !ended) {
                after = turn.bookmark();
                sink.bookmark(turn.bookmark(), false);
            }
        } catch (RuntimeException e) {
            LOG.warn("a watcher failed and is closed", e);
            end(new ApiException(Reason.INTERNAL_ERROR, "the watcher failed: " + e, e));
        }
        ApiException why = cause;
        if (why != null) {
            tellClosed(why);
        } else {
            cache.finish(this);
        }
    }

    private void deliverInitial() {
        initialPending = false;
        List<StoredObject> objects = initial;
        initial = List.of();
        for (StoredObject object : objects) {
            if (ended) {
                return;
            }
            sink.event(WatchEvent.Type.ADDED, object);
        }
        if (markInitialEnd && !ended) {
            sink.bookmark(after, true);
        }
    }

    private void deliver(CachedChange change) {
        if (change.revision() <= after) {
            return;
        }
        StoredObject before = change.before();
        StoredObject now = change.after();
        boolean seen = before != null && selection.sees(change.key(), before.object());
        if (now != null && selection.sees(change.key(), now.object())) {
            sink.event(seen ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED, now);
        } else if (seen) {
            sink.event(WatchEvent.Type.DELETED, change.gone());
        }
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
