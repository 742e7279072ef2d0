package io.orchestrator.store.etcd;

import io.etcd.jetcd.Watch;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream of one watch, from its opening to its first failure, and never longer: jetcd would open a new one by itself, from a
 * revision that may lie behind events not yet delivered. So whatever ends the stream, or hints that jetcd has begun another,
 * closes it for good before the callback returns.
 *
 * <p>The callbacks come on threads of gRPC and may hold locks of jetcd: they count, hand over, and return.
 */
final class WatchStream implements Watch.Listener {

    /** Where the stream's news go; called on threads of gRPC, must only hand over. */
    interface Receiver {
        void events(WatchStream stream, List<WatchEvent> events);

        void progress(WatchStream stream, long revision);

        /** The last call. */
        void failed(WatchStream stream, Throwable cause);
    }

    private final Receiver receiver;
    private final LongSupplier nanoTime;
    private final int maxPending;
    /** Changes up to this revision were delivered before the stream began. */
    final long startedAfter;

    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean dead = new AtomicBoolean();
    private volatile boolean created;
    private volatile long lastHeard;
    private volatile Watch.@Nullable Watcher watcher;

    WatchStream(Receiver receiver, LongSupplier nanoTime, int maxPending, long startedAfter) {
        this.receiver = receiver;
        this.nanoTime = nanoTime;
        this.maxPending = maxPending;
        this.startedAfter = startedAfter;
        this.lastHeard = nanoTime.getAsLong();
    }

    void attach(Watch.Watcher opened) {
        watcher = opened;
        if (dead.get()) {
            opened.close();
        }
    }

    @Override
    public void onNext(WatchResponse response) {
        if (dead.get()) {
            return;
        }
        lastHeard = nanoTime.getAsLong();
        if (response.isCreatedNotify()) {
            if (created) {
                fail(new IllegalStateException("jetcd has resumed the watch by itself"));
            }
            created = true;
            return;
        }
        List<WatchEvent> events = response.getEvents();
        if (events.isEmpty()) {
            receiver.progress(this, response.getHeader().getRevision());
            return;
        }
        int waiting = pending.getAndAdd(events.size());
        if (waiting > 0 && waiting + events.size() > maxPending) {
            // The sink is behind. etcd keeps the history, so nothing needs to be kept here.
            fail(new SinkBehind(waiting));
            return;
        }
        receiver.events(this, events);
    }

    @Override
    public void onError(Throwable failure) {
        fail(failure);
    }

    /** jetcd calls this for a stream that ended cleanly, and would leave the watch silent for ever. */
    @Override
    public void onCompleted() {
        fail(new IllegalStateException("the stream has ended"));
    }

    /** So many events have been dealt with. */
    void consumed(int events) {
        pending.addAndGet(-events);
    }

    boolean isCreated() {
        return created;
    }

    long lastHeard() {
        return lastHeard;
    }

    /** Asks for a sign of life. */
    void ping() {
        Watch.Watcher open = watcher;
        if (open != null && created && !dead.get()) {
            open.requestProgress();
        }
    }

    void fail(Throwable cause) {
        if (close()) {
            receiver.failed(this, cause);
        }
    }

    /** Whether this call was the one that closed it. */
    boolean close() {
        if (!dead.compareAndSet(false, true)) {
            return false;
        }
        Watch.Watcher open = watcher;
        if (open != null) {
            open.close();
        }
        return true;
    }

    /** The stream was cut because its sink is slow: no fault of etcd. */
    static final class SinkBehind extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SinkBehind(int waiting) {
            super(waiting + " changes wait for the sink", null, false, false);
        }
    }
}
