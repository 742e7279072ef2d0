package io.orchestrator.conformance;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All messages that a WebSocket brought up to its end. */
record Heard(List<byte[]> messages) {

    /** Asks, and listens until the server has said all. */
    static Heard all(HttpCluster cluster, String path, String protocol) {
        Listener listener = new Listener();
        cluster.admin()
                .newWebSocketBuilder()
                .subprotocols(protocol)
                .buildAsync(URI.create(cluster.kubeconfig().server().replaceFirst("^http", "ws") + path), listener)
                .orTimeout(HttpCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return listener.ended
                .orTimeout(HttpCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** What came on one of the channels, which the first byte of a message names. */
    String channel(int number) {
        return join(messages.stream()
                .filter(message -> message.length > 0 && message[0] == number)
                .map(message -> java.util.Arrays.copyOfRange(message, 1, message.length))
                .toList());
    }

    String text() {
        return join(messages);
    }

    private static String join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toString(StandardCharsets.UTF_8);
    }

    private static final class Listener implements WebSocket.Listener {
        private final List<byte[]> messages = new ArrayList<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private final CompletableFuture<Heard> ended = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            message.writeBytes(bytes);
            if (last) {
                messages.add(message.toByteArray());
                message.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended.complete(new Heard(List.copyOf(messages)));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.completeExceptionally(error);
        }
    }
}
