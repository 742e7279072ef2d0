package io.orchestrator.testkit.runtime;

import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.LogStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A simulated container that was joined. It hears its input when that has ended. */
final class SimulatedAttachment implements ExecSession {
    private final LogStream log;
    private final CompletableFuture<Void> ended;
    private final Input stdin;
    private final Output stdout = new Output();

    /** @param hears is given the input when it has ended; null where the container has none */
    SimulatedAttachment(LogStream log, CompletableFuture<Void> ended, @Nullable Consumer<byte[]> hears) {
        this.log = log;
        this.ended = ended;
        this.stdin = new Input(hears);
    }

    @Override
    public OutputStream stdin() {
        return stdin;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public void resize(int columns, int rows) {
        // a simulated container has no terminal to tell
    }

    @Override
    public CompletionStage<Integer> exitCode() {
        return ended.thenApply(gone -> 0);
    }

    @Override
    public void close() {
        log.close();
        stdin.close();
    }

    private static final class Input extends OutputStream {
        private final @Nullable Consumer<byte[]> hears;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        Input(@Nullable Consumer<byte[]> hears) {
            this.hears = hears;
        }

        @Override
        public synchronized void write(int b) {
            bytes.write(b);
        }

        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            if (hears != null) {
                hears.accept(bytes.toByteArray());
            }
        }
    }

    private final class Output extends InputStream {
        private byte[] piece = new byte[0];
        private int at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at == piece.length) {
                byte[] next = log.read();
                if (next == null) {
                    return -1;
                }
                piece = next;
                at = 0;
            }
            int count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
