package io.orchestrator.core.client.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What came on a channel and was not read yet. One reader at a time; the other side never waits, and asks {@link #isFull} before
 * it lets more come.
 */
final class Inlet extends InputStream {
    private static final int FULL = 1 << 20;

    private final Runnable drained;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Queue<byte[]> pieces = new ArrayDeque<>();

    @GuardedBy("lock")
    private int size;

    @GuardedBy("lock")
    private boolean ended;

    @GuardedBy("lock")
    private @Nullable IOException failure;

    /** What is left of the piece that is being read. Owned by the reader. */
    private byte[] current = new byte[0];

    private int at;

    /** @param drained called when there is room again */
    Inlet(Runnable drained) {
        this.drained = drained;
    }

    void put(byte[] piece) {
        synchronized (lock) {
            if (!ended && piece.length > 0) {
                pieces.add(piece);
                size += piece.length;
                lock.notifyAll();
            }
        }
    }

    boolean isFull() {
        synchronized (lock) {
            return size >= FULL && !ended;
        }
    }

    /** No more will come. @param cause thrown at the reader once it has read the rest; null for an end in order */
    void end(@Nullable IOException cause) {
        synchronized (lock) {
            if (!ended) {
                ended = true;
                failure = cause;
                lock.notifyAll();
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (at == current.length && !next()) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, into, offset, count);
        at += count;
        return count;
    }

    /** Waits for the next piece. False at the end. */
    private boolean next() throws IOException {
        boolean room;
        synchronized (lock) {
            while (pieces.isEmpty() && !ended) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw (IOException) new InterruptedIOException("interrupted").initCause(e);
                }
            }
            byte[] piece = pieces.poll();
            if (piece == null) {
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                return false;
            }
            boolean full = size >= FULL;
            size -= piece.length;
            room = full && size < FULL;
            current = piece;
            at = 0;
        }
        if (room) {
            drained.run();
        }
        return true;
    }

    @Override
    public int available() {
        synchronized (lock) {
            return current.length - at + size;
        }
    }

    /** What comes from now on is thrown away. */
    @Override
    public void close() {
        synchronized (lock) {
            pieces.clear();
            size = 0;
            ended = true;
            lock.notifyAll();
        }
        drained.run();
    }
}
