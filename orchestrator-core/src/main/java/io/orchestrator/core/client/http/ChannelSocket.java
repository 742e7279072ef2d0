package io.orchestrator.core.client.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Channels over one WebSocket: the first byte of every message says which it is for. Messages are asked for one by one, and none
 * while a channel that is not read is full. Thread-safe.
 */
final class ChannelSocket implements WebSocket.Listener {
    static final String V5 = "v5.channel.k8s.io";
    static final String V4 = "v4.channel.k8s.io";

    /** From version 5 on: the channel that the second byte names has ended. */
    private static final int CLOSE = 255;

    private static final int CHUNK = 32 * 1024;

    /** What is done with what comes. Called by one thread at a time. */
    interface Receiver {
        /** @return the channel's inlet, which may now be full; null for what is no stream */
        @Nullable
        Inlet received(int channel, byte[] payload);

        /** The last call. @param failure null for an end in order */
        void ended(@Nullable IOException failure);
    }

    private final Receiver receiver;
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    @GuardedBy("lock")
    private boolean held;

    @GuardedBy("lock")
    private boolean over;

    ChannelSocket(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void onOpen(WebSocket socket) {
        opened.complete(socket);
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        begun.writeBytes(bytes);
        Inlet full = null;
        if (last) {
            byte[] message = begun.toByteArray();
            begun.reset();
            if (message.length > 0) {
                Inlet filled = receiver.received(message[0] & 0xff, Arrays.copyOfRange(message, 1, message.length));
                full = filled != null && filled.isFull() ? filled : null;
            }
        }
        if (full == null) {
            socket.request(1);
        } else {
            hold(full);
        }
        return null;
    }

    private void hold(Inlet full) {
        synchronized (lock) {
            held = true;
        }
        // It may have been emptied meanwhile, when nobody knew that that mattered.
        if (!full.isFull()) {
            resume();
        }
    }

    /** There is room in the channel that was full. */
    void resume() {
        synchronized (lock) {
            if (!held) {
                return;
            }
            held = false;
        }
        opened.thenAccept(socket -> socket.request(1));
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        finish(null);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        finish(new IOException("the connection was cut: " + failure.getMessage(), failure));
    }

    private void finish(@Nullable IOException failure) {
        synchronized (lock) {
            if (over) {
                return;
            }
            over = true;
        }
        receiver.ended(failure);
    }

    boolean speaksV5() {
        WebSocket socket = opened.getNow(null);
        return socket != null && socket.getSubprotocol().equals(V5);
    }

    /** Sends a message. Waits until it has been taken. */
    void send(int channel, byte[] bytes, int offset, int length) throws IOException {
        byte[] message = new byte[length + 1];
        message[0] = (byte) channel;
        System.arraycopy(bytes, offset, message, 1, length);
        CompletableFuture<?> sent;
        synchronized (lock) {
            if (over) {
                throw new IOException("the connection has ended");
            }
            // One message at a time, in the order in which they were given.
            sent = sending.thenCombine(opened, (before, socket) -> socket)
                    .thenCompose(socket -> socket.sendBinary(ByteBuffer.wrap(message), true));
            sending = sent;
        }
        try {
            sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException("the connection was cut: " + e.getCause(), e.getCause());
        }
    }

    /** What is written goes to a channel; closing it tells the other side that it ends, where the protocol can. */
    OutputStream output(int channel) {
        return new ChannelOutput(channel);
    }

    private final class ChannelOutput extends OutputStream {
        private final int channel;
        private boolean closed;

        ChannelOutput(int channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (closed) {
                throw new IOException("the stream is closed");
            }
            for (int from = offset; from < offset + length; from += CHUNK) {
                send(channel, bytes, from, Math.min(CHUNK, offset + length - from));
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                if (speaksV5()) {
                    send(CLOSE, new byte[] {(byte) channel}, 0, 1);
                }
            }
        }
    }

    /** Cuts the connection. Idempotent. */
    void abort() {
        opened.thenAccept(WebSocket::abort);
        finish(new IOException("the connection was closed"));
    }
}
