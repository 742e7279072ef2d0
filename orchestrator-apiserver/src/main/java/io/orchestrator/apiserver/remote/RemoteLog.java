package io.orchestrator.apiserver.remote;

import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The body of a node's answer, piece by piece. */
final class RemoteLog implements LogStream {
    /** How long a log that is not followed may pause. */
    private static final Duration PAUSE = Duration.ofSeconds(60);

    private final NodeCall call;
    private volatile boolean closed;

    RemoteLog(NodeCall call, boolean follow) throws IOException {
        this.call = call;
        call.connection().patience(follow ? Duration.ZERO : PAUSE);
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        try {
            ByteBuffer piece = call.response().next();
            if (!piece.hasRemaining()) {
                close();
                return null;
            }
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            return bytes;
        } catch (IOException e) {
            if (closed) {
                return null;
            }
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        call.connection().close();
    }
}
