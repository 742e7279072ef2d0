package io.orchestrator.core.network.health;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One port. Whoever asks gets the answer of the moment, on a connection made just for that. */
final class HealthListener implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(HealthListener.class);
    private static final int MOST = 64;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SelectorLoop loop;
    private final ServerSocketChannel channel;
    private volatile HealthCheck check;

    /** Owned by the loop. */
    private int asking;

    private HealthListener(SelectorLoop loop, ServerSocketChannel channel, HealthCheck check) {
        this.loop = loop;
        this.channel = channel;
        this.check = check;
    }

    /** @throws IOException when the port cannot be had */
    static HealthListener open(SelectorLoop loop, HealthCheck check) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(check.port()), MOST);
        } catch (IOException | RuntimeException e) {
            Channels.close(channel);
            throw e;
        }
        HealthListener listener = new HealthListener(loop, channel, check);
        loop.execute(listener::begin);
        return listener;
    }

    private void begin() {
        try {
            loop.register(channel, SelectionKey.OP_ACCEPT, this);
        } catch (IOException e) {
            LOG.debug("port {} was closed before it began", check.port(), e);
        }
    }

    void say(HealthCheck next) {
        check = next;
    }

    /** Gives the port back. */
    void stop() {
        loop.await(this::abort);
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            for (SocketChannel client = channel.accept(); client != null; client = channel.accept()) {
                if (asking >= MOST) {
                    Channels.reset(client);
                    continue;
                }
                client.configureBlocking(false);
                asking++;
                new HealthConversation(loop, client, check.answer(), () -> asking--).begin();
            }
        } catch (IOException e) {
            LOG.warn("the health check port {} cannot accept connections for now", check.port(), e);
            key.interestOps(0);
            loop.setAlarm(this, PAUSE, () -> {
                if (key.isValid()) {
                    key.interestOps(SelectionKey.OP_ACCEPT);
                }
            });
        }
    }

    @Override
    public void abort() {
        loop.cancelAlarm(this);
        Channels.close(channel);
    }
}
