package io.orchestrator.core.client.http;

import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a port of a pod somewhere, over two channels: data and what went wrong. That the client has no more to say is
 * told to servers of this library; Kubernetes' own protocol has no word for it. Thread-safe.
 */
final class RemoteConnection implements PodConnection, ChannelSocket.Receiver {
    private static final int DATA = 0;
    private static final int ERROR = 1;
    private static final int PORT_BYTES = 2;

    private final ChannelSocket socket = new ChannelSocket(this);
    private final Inlet input = new Inlet(socket::resume);
    private final OutputStream output = socket.output(DATA);
    private final int[] greeted = new int[2];
    private String error = "";

    ChannelSocket socket() {
        return socket;
    }

    /** Each channel begins with the number of the port. */
    @Override
    public @Nullable Inlet received(int channel, byte[] payload) {
        if (channel != DATA && channel != ERROR) {
            return null;
        }
        int skipped = Math.min(PORT_BYTES - greeted[channel], payload.length);
        greeted[channel] += skipped;
        byte[] rest = skipped == 0 ? payload : java.util.Arrays.copyOfRange(payload, skipped, payload.length);
        if (channel == DATA) {
            input.put(rest);
            return input;
        }
        error += new String(rest, StandardCharsets.UTF_8);
        return null;
    }

    @Override
    public void ended(@Nullable IOException failure) {
        input.end(error.isEmpty() ? failure : new IOException(error));
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
