package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.WatchBody;
import io.orchestrator.core.registry.StoredObject;
import io.orchestrator.core.registry.cache.WatchSink;
import io.orchestrator.spi.store.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch as a stream of JSON lines. The registry calls it from one task at a time; a client that takes nothing blocks that
 * task until the connection's idle time is over or the registry has moved on too far, and is then cut off.
 */
final class WatchAnswer implements WatchSink {
    private static final Logger LOG = LoggerFactory.getLogger(WatchAnswer.class);

    /** How long the end waits for an event that is being written. */
    static final long PATIENCE_MILLIS = 200;

    /** What a client is shown of an object. */
    interface Form {
        byte[] object(StoredObject object);

        /** A mark that carries nothing but a version. */
        byte[] bookmark(long revision, boolean initialEventsEnd);
    }

    private final OutputStream out;
    private final Form form;
    private final ObjectCodec codec;
    private final OpenWatches open;
    private final Consumer<Throwable> abort;
    /** Held over a write: one at a time, and none after the end. */
    private final ReentrantLock writing = new ReentrantLock();

    private @Nullable Subscription subscription;
    private volatile boolean ended;

    /** @param abort cuts the connection off, when the answer cannot be ended in order */
    WatchAnswer(OutputStream out, Form form, ObjectCodec codec, OpenWatches open, Consumer<Throwable> abort) {
        this.out = out;
        this.form = form;
        this.codec = codec;
        this.open = open;
        this.abort = abort;
    }

    /** Says where the events come from; they may have begun to come. */
    void follow(Subscription events) {
        boolean late;
        synchronized (this) {
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
    public void event(WatchEvent.Type type, StoredObject object) {
        write(type.name(), form.object(object));
    }

    @Override
    public void bookmark(long revision, boolean initialEventsEnd) {
        write("BOOKMARK", form.bookmark(revision, initialEventsEnd));
    }

    @Override
    public void closed(ApiException cause) {
        // The time that a watch may last is over: that is an end, not an error.
        if (cause.isExpired()) {
            write("ERROR", codec.encode(StatusBody.of(cause)));
        }
        end();
    }

    /** Sends the head of the answer, so that the client knows that its watch stands. */
    void begin() {
        send(out::flush);
    }

    private void write(String type, byte[] object) {
        send(() -> {
            WatchBody.write(type, object, out);
            out.flush();
        });
    }

    private void send(Sending sending) {
        writing.lock();
        try {
            if (!ended) {
                sending.send();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("a watcher went away: {}", e.toString());
            end();
        } finally {
            writing.unlock();
        }
    }

    private void end() {
        end(PATIENCE_MILLIS);
    }

    /**
     * Ends the answer: in order, unless its client does not take an event that is being written. Idempotent.
     *
     * @param patienceMillis how long the client may go on taking it
     * @return whether it ended in order
     */
    boolean end(long patienceMillis) {
        Subscription events;
        synchronized (this) {
            if (ended) {
                return true;
            }
            ended = true;
            events = subscription;
        }
        if (events != null) {
            events.close();
        }
        open.remove(this);
        if (!isFree(patienceMillis)) {
            abort.accept(new IOException("the client does not take the events of its watch"));
            return false;
        }
        try {
            out.close();
        } catch (IOException e) {
            LOG.debug("a watcher had gone already: {}", e.toString());
        } finally {
            writing.unlock();
        }
        return true;
    }

    /** Waits a moment for an event that is being written; takes the lock when it was. */
    private boolean isFree(long patienceMillis) {
        try {
            return writing.tryLock(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A part of the answer on its way out. */
    private interface Sending {
        void send() throws IOException;
    }
}
