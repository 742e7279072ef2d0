package io.orchestrator.core.client.http;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.Status;
import io.orchestrator.api.meta.StatusCause;
import io.orchestrator.api.meta.StatusDetails;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.spi.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A command in a pod somewhere, over channels: the client's end of exec and attach. Stdout and stderr come over one connection:
 * whoever reads only one of them gets no further once a mebibyte of the other waits. Thread-safe.
 *
 * <p>Servers before Kubernetes 1.30 cannot be told that the input has ended; the command of one waits for it.
 */
final class RemoteSession implements ExecSession, ChannelSocket.Receiver {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int ERROR = 3;
    private static final int RESIZE = 4;

    private final ObjectCodec codec;
    private final ChannelSocket socket = new ChannelSocket(this);
    private final Inlet stdout = new Inlet(socket::resume);
    private final Inlet stderr = new Inlet(socket::resume);
    private final OutputStream stdin;
    private final boolean terminal;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    /** @param input whether the command reads what is written to it */
    RemoteSession(boolean input, boolean terminal, ObjectCodec codec) {
        this.codec = codec;
        this.terminal = terminal;
        this.stdin = input ? socket.output(STDIN) : OutputStream.nullOutputStream();
    }

    ChannelSocket socket() {
        return socket;
    }

    @Override
    public @Nullable Inlet received(int channel, byte[] payload) {
        Inlet inlet = switch (channel) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
            default -> null;
        };
        if (inlet != null) {
            inlet.put(payload);
        } else if (channel == ERROR) {
            finish(payload);
        }
        return inlet;
    }

    private void finish(byte[] payload) {
        stdout.end(null);
        stderr.end(null);
        try {
            Status status = codec.decode(payload, Status.class);
            if (status.status().equals("Success")) {
                exitCode.complete(0);
                return;
            }
            StatusDetails details = status.details() == null ? StatusDetails.EMPTY : status.details();
            for (StatusCause cause : details.causes()) {
                if (cause.reason().equals("ExitCode")) {
                    exitCode.complete(Integer.parseInt(cause.message()));
                    return;
                }
            }
            exitCode.completeExceptionally(new ApiException(Reason.INTERNAL_ERROR, status.message()));
        } catch (DecodeException | NumberFormatException e) {
            exitCode.completeExceptionally(new ApiException(
                    Reason.INTERNAL_ERROR,
                    "how the command ended cannot be read: " + new String(payload, StandardCharsets.UTF_8),
                    e));
        }
    }

    @Override
    public void ended(@Nullable IOException failure) {
        stdout.end(failure);
        stderr.end(failure);
        exitCode.completeExceptionally(new ApiException(
                Reason.SERVICE_UNAVAILABLE,
                failure == null ? "the connection ended before the command did" : String.valueOf(failure.getMessage()),
                failure == null ? new IOException("end of connection") : failure));
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
        return stderr;
    }

    @Override
    public void resize(int columns, int rows) {
        if (!terminal) {
            return;
        }
        byte[] size = ("{\"Width\":" + columns + ",\"Height\":" + rows + "}").getBytes(StandardCharsets.US_ASCII);
        try {
            socket.send(RESIZE, size, 0, size.length);
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal was not told its size", e);
        }
    }

    @Override
    public CompletionStage<Integer> exitCode() {
        return exitCode;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
