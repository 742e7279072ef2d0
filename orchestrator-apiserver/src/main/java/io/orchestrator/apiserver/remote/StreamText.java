package io.orchestrator.apiserver.remote;

import io.orchestrator.apiserver.spdy.StreamReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** The whole of what comes on a stream for errors, once it has ended. */
final class StreamText implements StreamReader {
    private static final int MOST = 64 * 1024;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final CompletableFuture<String> whole = new CompletableFuture<>();

    /** Fails when the connection broke before it had ended. */
    CompletableFuture<String> whole() {
        return whole;
    }

    @Override
    public void received(byte[] bytes) throws IOException {
        if (text.size() + bytes.length > MOST) {
            throw new IOException("a node says more than " + MOST + " bytes of what went wrong");
        }
        text.writeBytes(bytes);
    }

    @Override
    public void ended() {
        whole.complete(text.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void broken() {
        whole.completeExceptionally(new IOException("the connection to the node broke"));
    }
}
