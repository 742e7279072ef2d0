package io.orchestrator.apiserver.spdy;

import java.io.IOException;
import java.util.Map;

/** One end of a stream. Thread-safe. */
public final class SpdyStream {
    private static final int CHUNK = 32 * 1024;

    private final SpdyConnection connection;
    private final int id;
    private final Map<String, String> headers;
    private final Inbox inbox;
    /** Guarded by this. */
    private boolean writable = true;

    SpdyStream(SpdyConnection connection, int id, Map<String, String> headers, Inbox inbox) {
        this.connection = connection;
        this.id = id;
        this.headers = Map.copyOf(headers);
        this.inbox = inbox;
    }

    public int id() {
        return id;
    }

    /** Of which it is one. */
    public SpdyConnection connection() {
        return connection;
    }

    /** Empty where there is none. @param name in lower case */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Tells the other end that its stream is there. */
    public void accept() throws IOException {
        connection.sendReply(id);
    }

    /** Begins to read it. Until then what comes is kept, and holds the sender back where it is much. */
    public void read(StreamReader reader) {
        inbox.open(reader);
    }

    /** Tells the other end that there will be no such stream. */
    public void refuse() throws IOException {
        reset(Frames.STATUS_REFUSED_STREAM);
    }

    /** Sends bytes, blocking while the other end does not take them. What is written after the end goes nowhere. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int sent = 0; sent < length; sent += CHUNK) {
            int piece = Math.min(CHUNK, length - sent);
            if (!isWritable()) {
                return;
            }
            connection.send(Frames.data(id, 0, bytes, offset + sent, piece));
        }
    }

    /** Says that no more will be sent. Idempotent. */
    public void end() throws IOException {
        if (stopWriting()) {
            connection.send(Frames.data(id, Frames.FIN, new byte[0], 0, 0));
            connection.ended(this, false);
        }
    }

    /** Breaks it off in both directions. Idempotent. */
    public void cancel() throws IOException {
        reset(Frames.STATUS_CANCEL);
    }

    /** Drops what came and what comes. Its reader is told nothing any more. */
    public void discard() {
        inbox.abandon();
        connection.ended(this, true);
    }

    private void reset(int status) throws IOException {
        boolean wasWritable = stopWriting();
        boolean wasReadable = inbox.abandon();
        connection.forget(this);
        if (wasWritable || wasReadable) {
            connection.send(Frames.reset(id, status));
        }
    }

    /** The other end, or the connection, has broken it off. */
    void broken() {
        stopWriting();
        inbox.breakOff();
    }

    Inbox inbox() {
        return inbox;
    }

    synchronized boolean isWritable() {
        return writable;
    }

    synchronized boolean stopWriting() {
        boolean was = writable;
        writable = false;
        return was;
    }
}
