package io.orchestrator.apiserver.http;

import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The body of an answer whose length is not known. Completes the request when it is closed. */
final class AnswerStream extends OutputStream {
    private final OutputStream out;
    private final Callback callback;
    private boolean closed;

    AnswerStream(Response response, Callback callback) {
        this.out = Content.Sink.asOutputStream(response);
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
