package io.orchestrator.benchmarks.network;

import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Stands for a pod: sends back what it gets. One thread. */
final class EchoBackend implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private volatile long accepted;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    EchoBackend(String address) {
        try {
            selector = Selector.open();
            listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(address, 0), 4096);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "echo-backend");
        thread.setDaemon(true);
        thread.start();
    }

    Endpoint endpoint() {
        InetSocketAddress address = address();
        return new Endpoint(address.getAddress().getHostAddress(), address.getPort());
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.socket().getLocalSocketAddress();
    }

    /** How many connections it was given so far. */
    long accepted() {
        return accepted;
    }

    private void serve() {
        try {
            while (listener.isOpen()) {
                selector.select(this::ready);
            }
        } catch (IOException | ClosedSelectorException e) {
            if (listener.isOpen()) {
                throw new IllegalStateException("a backend failed", e);
            }
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
                    // Written by this thread alone.
                    accepted = accepted + 1;
                    client.configureBlocking(false);
                    client.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                    client.register(selector, SelectionKey.OP_READ);
                }
                return;
            }
            echo(key);
        } catch (IOException e) {
            key.cancel();
            closeQuietly(key);
        }
    }

    private void echo(SelectionKey key) throws IOException {
        SocketChannel client = (SocketChannel) key.channel();
        @Nullable ByteBuffer kept = (ByteBuffer) key.attachment();
        if (kept != null) {
            client.write(kept);
            if (kept.hasRemaining()) {
                return;
            }
            key.attach(null);
            key.interestOps(SelectionKey.OP_READ);
        }
        buffer.clear();
        if (client.read(buffer) < 0) {
            client.close();
            return;
        }
        buffer.flip();
        client.write(buffer);
        if (buffer.hasRemaining()) {
            key.attach(ByteBuffer.allocate(buffer.remaining()).put(buffer).flip());
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }

    private static void closeQuietly(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
