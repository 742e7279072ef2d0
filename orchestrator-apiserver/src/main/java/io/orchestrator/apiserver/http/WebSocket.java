package io.orchestrator.apiserver.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/** An open WebSocket. Thread-safe; one message is sent at a time. */
public final class WebSocket implements Peer {
    private final Session session;
    private final Duration patience;
    private volatile boolean over;

    WebSocket(Session session, Duration patience) {
        this.session = session;
        this.patience = patience;
    }

    /**
     * Sends a message and waits until it is on its way: that is what holds a fast sender back.
     *
     * @throws IOException when that is impossible, or the other end took longer than the patience and was cut off
     */
    public void send(byte[] message, boolean text) throws IOException {
        Callback.Completable sent = new Callback.Completable();
        synchronized (this) {
            if (text) {
                session.sendText(new String(message, StandardCharsets.UTF_8), sent);
            } else {
                session.sendBinary(ByteBuffer.wrap(message), sent);
            }
        }
        try {
            sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            session.disconnect();
            throw new IOException("the other end of a WebSocket takes nothing", e);
        } catch (ExecutionException e) {
            throw new IOException("a message could not be sent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.disconnect();
            throw new InterruptedIOException("interrupted while a message was sent");
        }
    }

    /** Sends a message and does not wait. One at a time, and none beside the other kind of sending. */
    void send(byte[] message, boolean text, Callback sent) {
        if (text) {
            session.sendText(new String(message, StandardCharsets.UTF_8), sent);
        } else {
            session.sendBinary(ByteBuffer.wrap(message), sent);
        }
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        send(bytes, false);
    }

    /**
     * Asks for the next message. Also after {@link #close}: the other end's farewell is read like a message, and nobody would
     * notice that it has gone if nobody asked.
     */
    @Override
    public void demand() {
        if (!over) {
            session.demand();
        }
    }

    /** From now on nothing comes any more. */
    void over() {
        over = true;
    }

    /** Ends it in order, with the status that all is well. Idempotent. */
    @Override
    public void close() {
        session.close(StatusCode.NORMAL, null, Callback.NOOP);
    }

    @Override
    public void disconnect() {
        session.disconnect();
    }
}
