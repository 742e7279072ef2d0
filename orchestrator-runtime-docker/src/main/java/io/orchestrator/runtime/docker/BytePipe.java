package io.orchestrator.runtime.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pieces from one writer to one reader, bounded: a writer waits while much is unread. Guarded by itself. */
final class BytePipe extends InputStream {
    private static final int MOST_UNREAD = 256 * 1024;

    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private int unread;
    private int offset;
    private boolean ended;
    private boolean closed;

    /** Hands over a piece; does nothing once the reader has gone. The array is given away. */
    synchronized void put(byte[] piece) throws InterruptedException {
        while (unread > MOST_UNREAD && !closed) {
            wait();
        }
        if (!closed && piece.length > 0) {
            pieces.add(piece);
            unread += piece.length;
            notifyAll();
        }
    }

    /** What was handed over can still be read, then comes the end. */
    synchronized void end() {
        ended = true;
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
        byte[] piece = awaitPiece();
        if (piece == null) {
            return -1;
        }
        int count = Math.min(length, piece.length - offset);
        System.arraycopy(piece, offset, into, at, count);
        offset += count;
        unread -= count;
        if (offset == piece.length) {
            pieces.remove();
            offset = 0;
        }
        notifyAll();
        return count;
    }

    private byte @Nullable [] awaitPiece() throws InterruptedIOException {
        try {
            while (pieces.isEmpty() && !ended && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return closed ? null : pieces.peek();
    }

    @Override
    public synchronized int available() {
        return unread;
    }

    @Override
    public synchronized void close() {
        closed = true;
        pieces.clear();
        unread = 0;
        notifyAll();
    }
}
