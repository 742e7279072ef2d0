package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.orchestrator.spi.runtime.LogStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A container's log as it comes from the engine. Frames wait in a bounded queue: a reader that is slow holds up the
 * engine's stream, not our memory.
 */
final class FrameLog implements LogStream {
    private static final int WAITING_FRAMES = 256;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>(WAITING_FRAMES);
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Frames callback = new Frames();
    private final long limitBytes;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /** Confined to the reader. */
    private long given;

    private boolean ended;

    FrameLog(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** What the engine is to call. */
    ResultCallback<Frame> callback() {
        return callback;
    }

    /** Completes when the engine has answered. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    private void offer(byte[] piece) {
        try {
            while (!closed && !frames.offer(piece, 100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                // The reader is slow; look now and then whether it has gone.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        if (ended || closed) {
            return null;
        }
        byte[] piece;
        try {
            piece = frames.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a log", e);
        }
        if (piece == END) {
            ended = true;
            Throwable why = failure;
            if (why != null && !closed) {
                throw new IOException("the log broke off: " + why.getMessage(), why);
            }
            return null;
        }
        return limited(piece);
    }

    private byte @Nullable [] limited(byte[] piece) {
        if (limitBytes <= 0) {
            return piece;
        }
        long left = limitBytes - given;
        if (left <= piece.length) {
            ended = true;
            close();
        }
        if (left <= 0) {
            return null;
        }
        byte[] cut = left < piece.length ? java.util.Arrays.copyOf(piece, (int) left) : piece;
        given += cut.length;
        return cut;
    }

    @Override
    public void close() {
        closed = true;
        frames.clear();
        frames.offer(END);
        callback.cut();
    }

    /** What the engine's stream calls. Its own close, which it makes at every end, must not drop what waits to be read. */
    private final class Frames extends ResultCallback.Adapter<Frame> {
        @Override
        public void onStart(Closeable stream) {
            super.onStart(stream);
            opened.complete(null);
            if (closed) {
                // Closed before the answer came: without this the stream's thread would stay for ever.
                cut();
            }
        }

        @Override
        public void onNext(Frame frame) {
            // The transport uses its buffer again as soon as this returns.
            byte[] copy = frame.getPayload().clone();
            if (copy.length > 0) {
                offer(copy);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (!closed) {
                failure = error;
            }
            opened.completeExceptionally(error);
            // Before the stream is closed: that interrupts this very thread.
            offer(END);
            super.onError(error);
        }

        @Override
        public void onComplete() {
            opened.complete(null);
            // Before the stream is closed: that interrupts this very thread.
            offer(END);
            super.onComplete();
        }

        void cut() {
            try {
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
