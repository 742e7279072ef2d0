package io.orchestrator.apiserver.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.spi.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command in a container, spoken to over one WebSocket: the server's end of {@code kubectl exec}. When the command has
 * ended and its output is sent, a Status with its exit code goes out on the error channel and the socket is closed.
 */
public final class CommandSocket implements Session.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(CommandSocket.class);
    private static final int CHUNK = 16 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecSession command;
    private final boolean wantsStdout;
    private final boolean wantsStderr;
    private final Executor executor;
    private volatile @Nullable Session session;

    public CommandSocket(ExecSession command, boolean wantsStdout, boolean wantsStderr, Executor executor) {
        this.command = command;
        this.wantsStdout = wantsStdout;
        this.wantsStderr = wantsStderr;
        this.executor = executor;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        this.session = session;
        CompletableFuture<Void> stdout = pump(session, command.stdout(), Channel.STDOUT, wantsStdout);
        CompletableFuture<Void> stderr = pump(session, command.stderr(), Channel.STDERR, wantsStderr);
        CompletableFuture.allOf(stdout, stderr)
                .thenCombine(command.exitCode(), (none, code) -> code)
                .whenCompleteAsync((code, failure) -> finish(session, code, failure), executor);
        session.demand();
    }

    @Override
    public void onWebSocketBinary(ByteBuffer frame, Callback callback) {
        int channel = frame.hasRemaining() ? frame.get() & 0xff : -1;
        byte[] payload = new byte[frame.remaining()];
        frame.get(payload);
        callback.succeed();
        // Writing to the command may block for as long as it does not read: never on the server's own thread. The next
        // frame is asked for when this one is done, so they stay in order and a sender is held back.
        try {
            executor.execute(() -> {
                receive(channel, payload);
                demand();
            });
        } catch (RejectedExecutionException e) {
            command.close();
        }
    }

    private void demand() {
        Session open = session;
        if (open != null && open.isOpen()) {
            open.demand();
        }
    }

    private void receive(int channel, byte[] payload) {
        try {
            switch (channel) {
                case Channel.STDIN -> {
                    command.stdin().write(payload);
                    command.stdin().flush();
                }
                case Channel.RESIZE -> resize(payload);
                case Channel.CLOSE -> {
                    if (payload.length == 1 && payload[0] == Channel.STDIN) {
                        command.stdin().close();
                    }
                }
                default -> LOG.debug("a frame on channel {} is ignored", channel);
            }
        } catch (IOException e) {
            // The command has closed its input, as many do before they end; what comes later has no reader.
            LOG.debug("input of a command was not taken: {}", e.toString());
        }
    }

    private void resize(byte[] payload) throws IOException {
        JsonNode size = JSON.readTree(payload);
        command.resize(size.path("Width").asInt(), size.path("Height").asInt());
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        command.close();
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("a command's connection broke: {}", cause.toString());
        command.close();
    }

    private CompletableFuture<Void> pump(Session session, InputStream from, int channel, boolean wanted) {
        return CompletableFuture.runAsync(
                () -> {
                    byte[] chunk = new byte[CHUNK];
                    try (from) {
                        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                            if (wanted && read > 0) {
                                send(session, channel, chunk, read);
                            }
                        }
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                executor);
    }

    private void finish(Session session, Integer code, Throwable failure) {
        byte[] status = failure == null ? exitStatus(code) : failureStatus(failure);
        try {
            send(session, Channel.ERROR, status, status.length);
            session.close(StatusCode.NORMAL, null, Callback.NOOP);
        } catch (CompletionException e) {
            LOG.debug("nobody is left to hear how a command ended: {}", e.toString());
        } finally {
            command.close();
        }
    }

    private static byte[] exitStatus(int code) {
        String json = code == 0
                ? "{\"metadata\":{},\"status\":\"Success\"}"
                : "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"command terminated with non-zero exit code: "
                        + "exit code " + code
                        + "\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{\"reason\":"
                        + "\"ExitCode\",\"message\":\"" + code + "\"}]}}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] failureStatus(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return JSON.createObjectNode()
                .put("status", "Failure")
                .put("message", String.valueOf(cause.getMessage()))
                .put("reason", "InternalError")
                .put("code", 500)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Sends one frame and waits until it is on its way, which is what holds a fast command back. */
    private static void send(Session session, int channel, byte[] bytes, int length) {
        ByteBuffer frame = ByteBuffer.allocate(length + 1);
        frame.put((byte) channel).put(bytes, 0, length).flip();
        Callback.Completable sent = new Callback.Completable();
        session.sendBinary(frame, sent);
        sent.join();
    }
}
