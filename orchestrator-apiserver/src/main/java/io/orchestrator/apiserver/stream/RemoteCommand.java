package io.orchestrator.apiserver.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchestrator.spi.runtime.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command in a container, or the container itself, on its way to a client: what it says goes out, one task a stream; when
 * it has ended and all is said, the client is told how. Thread-safe.
 */
public final class RemoteCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteCommand.class);
    private static final int CHUNK = 16 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecSession command;
    private final boolean wantsStdout;
    private final boolean wantsStderr;
    private final Executor executor;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** @param executor on which everything that may block runs */
    public RemoteCommand(ExecSession command, boolean wantsStdout, boolean wantsStderr, Executor executor) {
        this.command = command;
        this.wantsStdout = wantsStdout;
        this.wantsStderr = wantsStderr;
        this.executor = executor;
    }

    /** Whether the client's end has been there. */
    boolean isBegun() {
        return begun.get();
    }

    Executor executor() {
        return executor;
    }

    boolean wantsStdout() {
        return wantsStdout;
    }

    boolean wantsStderr() {
        return wantsStderr;
    }

    /** Begins to send. */
    void begin(CommandClient client) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Void> stdout = pump(client, command.stdout(), Channel.STDOUT, wantsStdout);
        CompletableFuture<Void> stderr = pump(client, command.stderr(), Channel.STDERR, wantsStderr);
        CompletableFuture.allOf(stdout, stderr)
                .thenCombine(command.exitCode(), (none, code) -> code)
                .whenCompleteAsync((code, failure) -> finish(client, code, failure), executor);
    }

    private CompletableFuture<Void> pump(CommandClient client, InputStream from, int channel, boolean wanted) {
        return CompletableFuture.runAsync(
                () -> {
                    byte[] chunk = new byte[CHUNK];
                    try (from) {
                        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                            if (wanted && read > 0) {
                                client.output(channel, chunk, read);
                            }
                        }
                        if (wanted) {
                            client.ended(channel);
                        }
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                executor);
    }

    private void finish(CommandClient client, Integer code, Throwable failure) {
        try {
            client.finish(failure == null ? CommandEnd.exited(code) : CommandEnd.failed(failure));
        } catch (IOException e) {
            LOG.debug("nobody is left to hear how a command ended: {}", e.toString());
        } finally {
            command.close();
        }
    }

    /** Input from the client; blocks while the command does not read. */
    void input(byte[] bytes) throws IOException {
        command.stdin().write(bytes);
        command.stdin().flush();
    }

    void inputEnded() throws IOException {
        command.stdin().close();
    }

    /** @param size as clients write it: {@code {"Width":80,"Height":24}} */
    void resize(byte[] size) throws IOException {
        JsonNode node = JSON.readTree(size);
        command.resize(node.path("Width").asInt(), node.path("Height").asInt());
    }

    /** The client has gone, or will not come. Idempotent. */
    public void close() {
        command.close();
    }
}
