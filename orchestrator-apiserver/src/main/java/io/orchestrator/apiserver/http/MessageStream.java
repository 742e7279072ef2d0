package io.orchestrator.apiserver.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A WebSocket as a stream of text: what was written since the last flush leaves as one message. Its close ends the socket in
 * order. One writer at a time.
 */
public final class MessageStream extends OutputStream {
    private final WebSocket socket;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    public MessageStream(WebSocket socket) {
        this.socket = socket;
    }

    @Override
    public void write(int b) {
        message.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        message.write(bytes, offset, length);
    }

    /** Sends what there is; nothing where there is nothing. */
    @Override
    public void flush() throws IOException {
        if (message.size() > 0) {
            byte[] whole = message.toByteArray();
            message.reset();
            socket.send(whole, true);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
