package io.orchestrator.apiserver.remote;

import io.orchestrator.apiserver.spdy.StreamReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/** What comes on a stream, for one who reads it when they like: meanwhile the sender waits. Guarded by itself. */
final class StreamInput extends InputStream implements StreamReader {
    private static final byte[] NOTHING = new byte[0];

    private byte[] piece = NOTHING;
    private int offset;
    private boolean ended;
    private boolean broken;
    private boolean closed;

    @Override
    public synchronized void received(byte[] bytes) throws IOException {
        await(() -> offset < piece.length && !closed);
        if (closed) {
            throw new IOException("nobody reads any more");
        }
        piece = bytes;
        offset = 0;
        notifyAll();
    }

    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized void broken() {
        broken = true;
        notifyAll();
    }

    @Override
    public synchronized int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int at, int length) throws IOException {
        Objects.checkFromIndexSize(at, length, into.length);
        if (length == 0) {
            return 0;
        }
        await(() -> offset == piece.length && !ended && !broken && !closed);
        if (closed) {
            return -1;
        }
        if (offset == piece.length) {
            if (broken) {
                throw new IOException("the connection to the node broke");
            }
            return -1;
        }
        int count = Math.min(length, piece.length - offset);
        System.arraycopy(piece, offset, into, at, count);
        offset += count;
        notifyAll();
        return count;
    }

    /** Whether to wait on. */
    private interface Waiting {
        boolean on();
    }

    private void await(Waiting waiting) throws InterruptedIOException {
        try {
            while (waiting.on()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a stream was waited for");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
