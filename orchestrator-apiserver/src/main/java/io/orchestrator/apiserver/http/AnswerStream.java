package io.orchestrator.apiserver.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The body of an answer whose length is not known. Completes the request when it is closed. What is written waits for a
 * flush, so that a line made of many pieces leaves as one chunk.
 */
final class AnswerStream extends OutputStream {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final OutputStream out;
    private final Callback callback;
    private boolean closed;

    AnswerStream(Response response, Callback callback) {
        this.out = new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER_BYTES);
        this.callback = callback;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            out.close();
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
            throw e;
        }
    }
}
