package io.orchestrator.core.network.dns;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One question over a connection of its own. Owned by its loop. */
final class UpstreamStream implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamStream.class);
    private static final int LENGTH = 2;

    private final SelectorLoop loop;
    private final InetSocketAddress server;
    private final ByteBuffer out;
    private final Duration patience;
    private final Consumer<byte @Nullable []> then;
    private final ByteBuffer length = ByteBuffer.allocate(LENGTH);
    private @Nullable ByteBuffer body;
    private @Nullable SocketChannel channel;
    private boolean done;

    /** @param then gets what the server said, once, or null when that is nothing */
    UpstreamStream(
            SelectorLoop loop,
            InetSocketAddress server,
            byte[] query,
            Duration patience,
            Consumer<byte @Nullable []> then) {
        this.loop = loop;
        this.server = server;
        this.patience = patience;
        this.then = then;
        this.out = ByteBuffer.allocate(LENGTH + query.length)
                .putShort((short) query.length)
                .put(query)
                .flip();
    }

    void begin() {
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            boolean connected = opened.connect(server);
            loop.register(opened, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
            loop.setAlarm(this, patience, () -> finish(null));
        } catch (IOException e) {
            LOG.debug("the name server {} takes no connection", server, e);
            finish(null);
        }
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            SocketChannel open = (SocketChannel) key.channel();
            if (key.isConnectable()) {
                open.finishConnect();
                key.interestOps(SelectionKey.OP_WRITE);
            } else if (key.isWritable()) {
                open.write(out);
                if (!out.hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            } else {
                read(open);
            }
        } catch (IOException e) {
            LOG.debug("the name server {} broke off", server, e);
            finish(null);
        }
    }

    private void read(SocketChannel open) throws IOException {
        if (body == null) {
            if (open.read(length) < 0) {
                finish(null);
            }
            if (done || length.hasRemaining()) {
                return;
            }
            body = ByteBuffer.allocate(Short.toUnsignedInt(length.flip().getShort()));
        }
        if (open.read(body) < 0) {
            finish(null);
        } else if (!body.hasRemaining()) {
            finish(body.array());
        }
    }

    private void finish(byte @Nullable [] said) {
        if (!done) {
            abort();
            then.accept(said);
        }
    }

    @Override
    public void abort() {
        done = true;
        loop.cancelAlarm(this);
        if (channel != null) {
            Channels.close(channel);
        }
    }
}
