package io.orchestrator.benchmarks.api;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection of many that one thread serves, so that the asking side wakes no thread for an answer and leaves little
 * to the collector. Sends a request after the other; an answer is read as it comes, without blocking. Not for concurrent use.
 */
final class SwiftConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final @Nullable SSLEngine tls;
    private final ByteBuffer in;
    private final ByteBuffer out;
    private final ByteBuffer plain;
    private final AnswerReader answers = new AnswerReader();

    /** @param selector is told when there is something to read */
    SwiftConnection(Endpoint endpoint, Selector selector) throws IOException {
        this.channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", endpoint.port()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SSLContext context = endpoint.tls();
        // An engine works on arrays; a socket takes what lies outside of the heap.
        this.in = context == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : ByteBuffer.allocate(BUFFER_BYTES);
        this.out = context == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : ByteBuffer.allocate(BUFFER_BYTES);
        this.plain = context == null ? NOTHING : ByteBuffer.allocate(BUFFER_BYTES);
        this.tls = context == null ? null : context.createSSLEngine("127.0.0.1", endpoint.port());
        try {
            if (tls != null) {
                tls.setUseClientMode(true);
                shakeHands(tls);
            }
            channel.configureBlocking(false);
            this.key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What the selector's key has with it. */
    void attach(Object whose) {
        key.attach(whose);
    }

    /** Sends a request; the one before it must have been answered. The bytes are free again when this returns. */
    void send(byte[] request) throws IOException {
        if (tls == null) {
            out.clear().put(request).flip();
            write();
            return;
        }
        ByteBuffer rest = ByteBuffer.wrap(request);
        while (rest.hasRemaining()) {
            wrap(tls, rest);
        }
    }

    /** Reads what has come. Returns whether the answer has ended. */
    boolean isAnswered() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the answer ended early");
        }
        in.flip();
        boolean ended = tls == null ? answers.ends(in) : unwrapped(tls);
        in.compact();
        return ended;
    }

    private boolean unwrapped(SSLEngine engine) throws IOException {
        boolean ended = false;
        while (in.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(in, plain.clear());
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                return ended;
            }
            requireOk(result);
            ended |= answers.ends(plain.flip());
        }
        return ended;
    }

    private void wrap(SSLEngine engine, ByteBuffer from) throws IOException {
        requireOk(engine.wrap(from, out.clear()));
        out.flip();
        write();
    }

    private void write() throws IOException {
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Blocks. */
    private void shakeHands(SSLEngine engine) throws IOException {
        engine.beginHandshake();
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> wrap(engine, NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    in.flip();
                    SSLEngineResult result = engine.unwrap(in, plain.clear());
                    in.compact();
                    if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                        if (channel.read(in) < 0) {
                            throw new EOFException("the handshake ended early");
                        }
                    } else {
                        requireOk(result);
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    private static void requireOk(SSLEngineResult result) throws SSLException {
        if (result.getStatus() != SSLEngineResult.Status.OK) {
            throw new SSLException("the connection cannot go on: " + result);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
