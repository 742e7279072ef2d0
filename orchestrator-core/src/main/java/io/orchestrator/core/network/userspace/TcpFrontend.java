package io.orchestrator.core.network.userspace;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.LoopGroup;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts TCP connections on one loop and spreads them over all loops. */
final class TcpFrontend extends Frontend implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(TcpFrontend.class);
    private static final int BACKLOG = 1024;
    private static final int ACCEPTS_AT_A_TIME = 64;

    /** When the process has no file descriptors left, trying at once would only spin. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SelectorLoop loop;
    private final LoopGroup group;
    private final Duration connectTimeout;
    private final Shortage shortage;
    private volatile @Nullable ServerSocketChannel listener;

    TcpFrontend(Bind bind, Route route, LoopGroup group, Duration connectTimeout, Shortage shortage) {
        super(bind, route);
        this.group = group;
        this.loop = group.next();
        this.connectTimeout = connectTimeout;
        this.shortage = shortage;
    }

    /** Of descriptors, which all connections share. */
    Shortage shortage() {
        return shortage;
    }

    @Override
    boolean isListening() {
        return listener != null;
    }

    @Override
    void listen() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(Bind.family(bind().address()));
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(bind().socketAddress(), BACKLOG);
        } catch (IOException | RuntimeException e) {
            Channels.close(channel);
            throw e;
        }
        listener = channel;
        loop.execute(() -> accepting(channel));
    }

    private void accepting(ServerSocketChannel channel) {
        if (loop.isClosed()) {
            Channels.close(channel);
            return;
        }
        try {
            loop.register(channel, SelectionKey.OP_ACCEPT, this);
        } catch (IOException e) {
            LOG.debug("{} was closed before it began", bind(), e);
        }
    }

    @Override
    void stopListening() {
        ServerSocketChannel channel = listener;
        listener = null;
        if (channel != null) {
            loop.await(() -> {
                loop.cancelAlarm(this);
                Channels.close(channel);
            });
        }
    }

    /** Connections stay with the endpoint that they have. */
    @Override
    void review() {}

    @Override
    public void ready(SelectionKey key) {
        ServerSocketChannel channel = (ServerSocketChannel) key.channel();
        try {
            for (int i = 0; i < ACCEPTS_AT_A_TIME; i++) {
                SocketChannel client = channel.accept();
                if (client == null) {
                    break;
                }
                accepted(client);
            }
        } catch (IOException e) {
            LOG.debug("{} cannot accept connections for now", bind(), e);
            shortage.noted(e, loop);
            pause(key);
        }
    }

    private void accepted(SocketChannel client) {
        try {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            InetSocketAddress from = (InetSocketAddress) client.getRemoteAddress();
            SelectorLoop home = group.next();
            TcpRelay relay = new TcpRelay(home, this, client, from.getAddress(), connectTimeout);
            if (home == loop) {
                relay.begin();
            } else {
                home.execute(relay::begin);
            }
        } catch (IOException e) {
            LOG.trace("a client of {} left at once", bind(), e);
            Channels.close(client);
        }
    }

    private void pause(SelectionKey key) {
        key.interestOps(0);
        loop.setAlarm(this, PAUSE, () -> {
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        });
    }

    @Override
    public void abort() {
        ServerSocketChannel channel = listener;
        if (channel != null) {
            Channels.close(channel);
        }
    }
}
