package io.orchestrator.apiserver;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.meta.Status;
import io.orchestrator.apiserver.flow.Deadlines;
import io.orchestrator.apiserver.http.Outlet;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.core.registry.cache.WatchSink;
import io.orchestrator.spi.store.Subscription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch as a stream of events. What its client is too slow to take waits in the registry, and no thread with it; who takes
 * nothing until the server's patience is over, or the registry has moved on too far, is cut off. Thread-safe.
 */
final class WatchAnswer implements WatchSink {
    private static final Logger LOG = LoggerFactory.getLogger(WatchAnswer.class);

    /** How long a server that closes waits for an event that is being taken. */
    static final long PATIENCE_MILLIS = 200;

    /** So much may wait to be sent before the registry is told to keep the rest. */
    private static final int ENOUGH = 64 * 1024;

    /** How a client is told. */
    interface Form {
        /** An event as it is sent; nobody changes the array. */
        byte[] event(WatchEvent.Type type, StoredObject object);

        /** A mark that carries nothing but a version. */
        byte[] bookmark(long revision, boolean initialEventsEnd);

        /** An error, after which nothing comes. */
        byte[] error(Status status);

        /** Whether events are text. */
        boolean isText();
    }

    private final Outlet out;
    private final Form form;
    private final OpenWatches open;
    private final Object lock = new Object();
    private final CountDownLatch gone = new CountDownLatch(1);

    @GuardedBy("lock")
    private List<byte[]> waiting = new ArrayList<>();

    @GuardedBy("lock")
    private int waitingBytes;

    @GuardedBy("lock")
    private boolean sending;

    @GuardedBy("lock")
    private boolean ended;

    @GuardedBy("lock")
    private @Nullable Runnable later;

    @GuardedBy("lock")
    private @Nullable Subscription subscription;

    WatchAnswer(Outlet out, Form form, OpenWatches open) {
        this.out = out;
        this.form = form;
        this.open = open;
    }

    /** Says where the events come from; they may have begun to come. */
    void follow(Subscription events) {
        boolean late;
        synchronized (lock) {
            subscription = events;
            late = ended;
        }
        if (late) {
            events.close();
        } else {
            open.add(this);
        }
    }

    @Override
    public boolean isReady(Runnable when) {
        synchronized (lock) {
            if (ended || waitingBytes < ENOUGH) {
                return true;
            }
            later = when;
            return false;
        }
    }

    @Override
    public void event(WatchEvent.Type type, StoredObject object) {
        line(form.event(type, object));
    }

    @Override
    public void bookmark(long revision, boolean initialEventsEnd) {
        line(form.bookmark(revision, initialEventsEnd));
    }

    @Override
    public void closed(ApiException cause) {
        // The time that a watch may last is over: that is an end, not an error.
        if (cause.isExpired()) {
            line(form.error(StatusBody.of(cause)));
        }
        end();
    }

    /** Sends the head of the answer, so that the client knows that its watch stands. */
    void begin() {
        synchronized (lock) {
            sending = true;
        }
        send(List.of(), false);
    }

    private void line(byte[] line) {
        synchronized (lock) {
            if (ended) {
                return;
            }
            waiting.add(line);
            waitingBytes += line.length;
        }
        push();
    }

    /** Sends what waits, unless something is on its way already. */
    private void push() {
        List<byte[]> pieces;
        boolean last;
        synchronized (lock) {
            if (sending || (waiting.isEmpty() && !ended)) {
                return;
            }
            sending = true;
            pieces = waiting;
            waiting = new ArrayList<>();
            waitingBytes = 0;
            last = ended;
        }
        send(pieces, last);
    }

    private void send(List<byte[]> pieces, boolean last) {
        Sending way = new Sending(last);
        out.send(pieces, last, way);
        way.watch();
    }

    /** Something on its way to the client. */
    private final class Sending implements Outlet.Sent {
        private final boolean last;
        private boolean done;
        private Deadlines.@Nullable Deadline patience;

        Sending(boolean last) {
            this.last = last;
        }

        /** What did not leave at once has so much time. */
        synchronized void watch() {
            if (!done) {
                patience = open.patience(
                        () -> out.abort(new IOException("the client does not take the events of its watch")));
            }
        }

        @Override
        public void done(@Nullable Throwable failure) {
            synchronized (this) {
                done = true;
                if (patience != null) {
                    patience.cancel();
                }
            }
            if (failure != null) {
                LOG.debug("a watcher went away: {}", failure.toString());
                lost();
            } else if (last) {
                gone.countDown();
            } else {
                sent();
            }
        }
    }

    private void sent() {
        Runnable resumed;
        synchronized (lock) {
            sending = false;
            resumed = later;
            later = null;
        }
        push();
        if (resumed != null) {
            resumed.run();
        }
    }

    /** Nobody is there any more. Idempotent. */
    void lost() {
        finish();
        gone.countDown();
    }

    /** Ends the answer behind what waits, in order. Idempotent. */
    void end() {
        if (finish()) {
            push();
        }
    }

    private boolean finish() {
        Subscription events;
        Runnable resumed;
        synchronized (lock) {
            if (ended) {
                return false;
            }
            ended = true;
            events = subscription;
            resumed = later;
            later = null;
        }
        if (events != null) {
            events.close();
        }
        open.remove(this);
        if (resumed != null) {
            resumed.run();
        }
        return true;
    }

    /** Waits a moment for the end to be taken, and cuts the client off where it is not. False in that case. */
    boolean awaitEnd(long patienceMillis) {
        try {
            if (gone.await(patienceMillis, TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.abort(new IOException("the client does not take the events of its watch"));
        return false;
    }
}
