package io.orchestrator.apiserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A WebSocket as a client's program has it: whole messages, and how it ended. */
final class TestSocket implements WebSocket.Listener, AutoCloseable {
    private static final long SECONDS = 60;

    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final boolean lazy;
    private @Nullable WebSocket socket;

    private TestSocket(boolean lazy) {
        this.lazy = lazy;
    }

    /** @param subprotocols in order of preference */
    static TestSocket open(HttpClient http, String url, String... subprotocols) {
        return open(new TestSocket(false), http, url, subprotocols);
    }

    /** One whose owner reads nothing. */
    static TestSocket lazy(HttpClient http, String url) {
        return open(new TestSocket(true), http, url);
    }

    private static TestSocket open(TestSocket made, HttpClient http, String url, String... subprotocols) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            String[] others = java.util.Arrays.copyOfRange(subprotocols, 1, subprotocols.length);
            builder.subprotocols(subprotocols[0], others);
        }
        try {
            made.socket = builder.buildAsync(URI.create(url.replaceFirst("^http", "ws")), made)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException refused ? new UncheckedIOException(refused) : e;
        }
        return made;
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not open yet");
        }
        return open;
    }

    String subprotocol() {
        return socket().getSubprotocol();
    }

    void send(byte[] bytes) {
        socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void sendText(String text) {
        socket().sendText(text, true).join();
    }

    /** The next message that is not empty, waiting for it. */
    byte[] next() {
        try {
            byte[] next = messages.poll(SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no message came");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** With which code it was closed by the other side, waiting for that; 1006 when it broke. */
    int closeCode() {
        try {
            return closed.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("the socket was not closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (!lazy) {
            opened.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return piece(from, bytes, last);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        return piece(from, data.toString().getBytes(StandardCharsets.UTF_8), last);
    }

    private @Nullable CompletionStage<?> piece(WebSocket from, byte[] bytes, boolean last) {
        message.writeBytes(bytes);
        if (last) {
            if (message.size() > 0) {
                messages.add(message.toByteArray());
            }
            message.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(1006);
    }

    /** Reads whatever is left, for a lazy one that has seen enough. */
    void readOn() {
        socket().request(Long.MAX_VALUE);
    }

    @Override
    public void close() {
        socket().abort();
    }
}
