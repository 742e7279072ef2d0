package io.orchestrator.apiserver.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.apiserver.http.SocketEndpoint;
import io.orchestrator.apiserver.http.WebSocket;
import io.orchestrator.spi.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command in a container, spoken to over one WebSocket: the server's end of {@code kubectl exec}. When the command has
 * ended and its output is sent, a Status with its exit code goes out on the error channel and the socket is closed.
 */
public final class CommandSocket implements SocketEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(CommandSocket.class);
    private static final int CHUNK = 16 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecSession command;
    private final boolean wantsStdout;
    private final boolean wantsStderr;
    private final Executor executor;
    private volatile @Nullable WebSocket socket;

    public CommandSocket(ExecSession command, boolean wantsStdout, boolean wantsStderr, Executor executor) {
        this.command = command;
        this.wantsStdout = wantsStdout;
        this.wantsStderr = wantsStderr;
        this.executor = executor;
    }

    @Override
    public void opened(WebSocket opened) {
        this.socket = opened;
        CompletableFuture<Void> stdout = pump(opened, command.stdout(), Channel.STDOUT, wantsStdout);
        CompletableFuture<Void> stderr = pump(opened, command.stderr(), Channel.STDERR, wantsStderr);
        CompletableFuture.allOf(stdout, stderr)
                .thenCombine(command.exitCode(), (none, code) -> code)
                .whenCompleteAsync((code, failure) -> finish(opened, code, failure), executor);
    }

    @Override
    public void received(byte[] message, boolean text) {
        int channel = message.length > 0 ? message[0] & 0xff : -1;
        byte[] payload = message.length > 0 ? Arrays.copyOfRange(message, 1, message.length) : message;
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
        WebSocket open = socket;
        if (open != null) {
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
    public void closed() {
        command.close();
    }

    private CompletableFuture<Void> pump(WebSocket session, InputStream from, int channel, boolean wanted) {
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

    private void finish(WebSocket session, Integer code, Throwable failure) {
        byte[] status = failure == null ? exitStatus(code) : failureStatus(failure);
        try {
            send(session, Channel.ERROR, status, status.length);
            session.close();
        } catch (IOException e) {
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

    private static void send(WebSocket session, int channel, byte[] bytes, int length) throws IOException {
        byte[] frame = new byte[length + 1];
        frame[0] = (byte) channel;
        System.arraycopy(bytes, 0, frame, 1, length);
        session.send(frame, false);
    }
}
