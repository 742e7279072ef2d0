package io.orchestrator.apiserver.remote;

import io.orchestrator.apiserver.spdy.SpdyStream;
import java.io.IOException;
import java.io.OutputStream;

/** What goes out on a stream; its close is the stream's end. */
final class StreamOutput extends OutputStream {
    private final SpdyStream stream;

    StreamOutput(SpdyStream stream) {
        this.stream = stream;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        stream.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        stream.end();
    }
}
