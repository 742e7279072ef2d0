package io.orchestrator.apiserver.stream;

import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a port of a pod on its way to a client. It ends when the pod ends it, or the client goes. Thread-safe. */
final class Forward {
    private static final Logger LOG = LoggerFactory.getLogger(Forward.class);
    private static final int CHUNK = 16 * 1024;

    private final CompletableFuture<PodConnection> pod;
    private final ForwardClient client;
    private final String what;

    /** @param what is forwarded, for the client's eyes */
    Forward(CompletionStage<PodConnection> connecting, ForwardClient client, String what) {
        this.pod = connecting.toCompletableFuture();
        this.client = client;
        this.what = what;
    }

    /** Begins to send what the pod says, once it is connected. @param executor on which that may block */
    void begin(Executor executor) {
        pod.whenCompleteAsync(
                (connection, failure) -> {
                    try {
                        client.finish(failure == null ? pump(connection) : error(failure));
                    } catch (IOException e) {
                        LOG.debug("nobody is left to hear that {} has ended: {}", what, e.toString());
                    } finally {
                        close();
                    }
                },
                executor);
    }

    /** Returns what went wrong; empty for nothing. */
    private String pump(PodConnection connection) throws IOException {
        InputStream in = connection.input();
        byte[] chunk = new byte[CHUNK];
        while (true) {
            int read;
            try {
                read = in.read(chunk);
            } catch (IOException e) {
                return "error forwarding " + what + ": " + e.getMessage();
            }
            if (read < 0) {
                return "";
            }
            client.data(chunk, read);
        }
    }

    private String error(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return "error forwarding " + what + ": " + cause.getMessage();
    }

    /** Completes, well or not, when the pod is connected. */
    CompletionStage<PodConnection> connected() {
        return pod;
    }

    /** Cuts the connection, also one that is still being made. Idempotent. */
    void close() {
        pod.thenAccept(PodConnection::close);
    }
}
