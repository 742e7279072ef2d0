package io.orchestrator.core.client.http;

import io.orchestrator.spi.runtime.LogStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of an answer as a log. */
final class RemoteLog implements LogStream {
    private static final int CHUNK = 16 * 1024;

    private final InputStream body;
    private final byte[] chunk = new byte[CHUNK];
    private volatile boolean closed;

    RemoteLog(InputStream body) {
        this.body = body;
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        try {
            int read = body.read(chunk);
            return read < 0 || closed ? null : Arrays.copyOf(chunk, read);
        } catch (IOException e) {
            if (closed) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            body.close();
        } catch (IOException e) {
            // The connection is gone already, which is what was wanted.
            closed = true;
        }
    }
}
