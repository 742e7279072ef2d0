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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch as a stream of JSON lines. The registry calls it from one task at a time; a client that takes nothing blocks that
 * task until the connection's idle time is over or the registry has moved on too far, and is then cut off.
 */
final class WatchAnswer implements WatchSink {
    private static final Logger LOG = LoggerFactory.getLogger(WatchAnswer.class);

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
    private @Nullable Subscription subscription;
    private boolean ended;

    WatchAnswer(OutputStream out, Form form, ObjectCodec codec, OpenWatches open) {
        this.out = out;
        this.form = form;
        this.codec = codec;
        this.open = open;
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

    private void write(String type, byte[] object) {
        synchronized (this) {
            if (ended) {
                return;
            }
        }
        try {
            WatchBody.write(type, object, out);
            out.flush();
        } catch (IOException | RuntimeException e) {
            LOG.debug("a watcher went away: {}", e.toString());
            end();
        }
    }

    /** Ends the answer. Idempotent. */
    void end() {
        Subscription events;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            events = subscription;
        }
        if (events != null) {
            events.close();
        }
        open.remove(this);
        try {
            out.close();
        } catch (IOException e) {
            LOG.debug("a watcher had gone already: {}", e.toString());
        }
    }
}
