package io.orchestrator.core.network.dns;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections; when there are too many, the oldest goes. Owned by its loop, but for its making. */
final class ConnectionPort implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPort.class);
    private static final int MOST = 512;
    private static final int BACKLOG = 256;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SelectorLoop loop;
    private final Responder responder;
    private final ServerSocketChannel channel;
    private final Duration idle;

    /** In the order of their beginning. */
    private final Set<Conversation> conversations = new LinkedHashSet<>();

    private ConnectionPort(SelectorLoop loop, Responder responder, ServerSocketChannel channel, Duration idle) {
        this.loop = loop;
        this.responder = responder;
        this.channel = channel;
        this.idle = idle;
    }

    /** Takes the address and port at once. @throws IOException when they cannot be had */
    static ConnectionPort bind(SelectorLoop loop, Responder responder, InetSocketAddress address, Duration idle)
            throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, BACKLOG);
            return new ConnectionPort(loop, responder, channel, idle);
        } catch (IOException | RuntimeException e) {
            Channels.close(channel);
            throw e;
        }
    }

    void begin() throws IOException {
        loop.register(channel, SelectionKey.OP_ACCEPT, this);
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            SocketChannel client = channel.accept();
            while (client != null) {
                accepted(client);
                client = channel.accept();
            }
        } catch (IOException e) {
            LOG.warn("the cluster's DNS cannot accept connections for now", e);
            key.interestOps(0);
            loop.setAlarm(this, PAUSE, () -> {
                if (key.isValid()) {
                    key.interestOps(SelectionKey.OP_ACCEPT);
                }
            });
        }
    }

    private void accepted(SocketChannel client) {
        if (conversations.size() >= MOST) {
            Iterator<Conversation> oldest = conversations.iterator();
            oldest.next().abort();
        }
        try {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Conversation conversation = new Conversation(loop, responder, client, idle, conversations::remove);
            conversations.add(conversation);
            conversation.begin();
        } catch (IOException e) {
            LOG.trace("a client of the DNS left at once", e);
            Channels.close(client);
        }
    }

    @Override
    public void abort() {
        loop.cancelAlarm(this);
        Channels.close(channel);
        Set.copyOf(conversations).forEach(Conversation::abort);
    }
}
