package io.orchestrator.core.network.userspace;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.SelectorLoop;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection and the one to its endpoint: first the search for an endpoint that accepts, then two pipes. An end in
 * one direction is passed on in that direction only; a failure on either side resets both. Owned by its loop.
 */
final class TcpRelay implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(TcpRelay.class);
    private static final int MOST_ATTEMPTS = 5;

    private final SelectorLoop loop;
    private final TcpFrontend frontend;
    private final SocketChannel client;
    private final InetAddress clientAddress;
    private final Duration connectTimeout;
    private final Set<Endpoint> tried = new HashSet<>();

    private final Route route;
    private @Nullable Endpoint chosen;
    private @Nullable SocketChannel server;
    private @Nullable SelectionKey clientKey;
    private @Nullable SelectionKey serverKey;
    private @Nullable Pipe upstream;
    private @Nullable Pipe downstream;

    TcpRelay(SelectorLoop loop, TcpFrontend frontend, SocketChannel client, InetAddress from, Duration connectTimeout) {
        this.loop = loop;
        this.frontend = frontend;
        this.route = frontend.route();
        this.client = client;
        this.clientAddress = from;
        this.connectTimeout = connectTimeout;
    }

    Frontend frontend() {
        return frontend;
    }

    /** Begins; on the loop. */
    void begin() {
        if (loop.isClosed()) {
            Channels.reset(client);
            return;
        }
        connectNext();
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            if (key == serverKey && key.isConnectable()) {
                finishConnect(key);
            } else {
                pump();
            }
        } catch (IOException e) {
            LOG.trace("a connection through {} broke", frontend.bind(), e);
            abort();
        }
    }

    @Override
    public void abort() {
        Channels.reset(client);
        if (server != null) {
            Channels.reset(server);
        }
        forget();
    }

    private void connectNext() {
        while (true) {
            Endpoint endpoint = tried.size() < MOST_ATTEMPTS ? route.choose(clientAddress, tried) : null;
            if (endpoint == null) {
                abort();
                return;
            }
            tried.add(endpoint);
            leave();
            chosen = endpoint;
            route.begun(endpoint);
            if (connect(endpoint)) {
                return;
            }
        }
    }

    /** Whether the attempt is under way or has succeeded. */
    private boolean connect(Endpoint endpoint) {
        SocketChannel channel = null;
        try {
            InetSocketAddress address = Bind.socketAddress(endpoint.address(), endpoint.port());
            channel = opened(endpoint);
            server = channel;
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            if (channel.connect(address)) {
                serverKey = loop.register(channel, 0, this);
                connected();
            } else {
                serverKey = loop.register(channel, SelectionKey.OP_CONNECT, this);
                loop.setAlarm(this, connectTimeout, () -> failedToConnect(endpoint, "no answer"));
            }
            return true;
        } catch (IOException e) {
            LOG.debug("{} leads to {}, which does not accept", frontend.bind(), endpoint, e);
            if (channel != null) {
                Channels.close(channel);
            }
            return false;
        }
    }

    private SocketChannel opened(Endpoint endpoint) throws IOException {
        ProtocolFamily family = Bind.family(endpoint.address());
        try {
            return SocketChannel.open(family);
        } catch (IOException e) {
            // Not every machine has IPv6, but each has sockets of IPv4 as long as it has any.
            if (family == StandardProtocolFamily.INET) {
                frontend.shortage().noted(e, loop);
            }
            throw e;
        }
    }

    private void finishConnect(SelectionKey key) throws IOException {
        try {
            if (!((SocketChannel) key.channel()).finishConnect()) {
                return;
            }
        } catch (IOException e) {
            failedToConnect(null, e.toString());
            return;
        }
        connected();
    }

    private void failedToConnect(@Nullable Endpoint endpoint, String why) {
        LOG.debug("an endpoint of {} does not accept: {} {}", frontend.bind(), endpoint, why);
        loop.cancelAlarm(this);
        if (server != null) {
            Channels.reset(server);
        }
        connectNext();
    }

    private void connected() throws IOException {
        loop.cancelAlarm(this);
        SocketChannel endpoint = server;
        if (endpoint == null) {
            throw new IllegalStateException("connected to nothing");
        }
        upstream = new Pipe(loop, client, endpoint);
        downstream = new Pipe(loop, endpoint, client);
        clientKey = loop.register(client, 0, this);
        // What the client has sent by now goes on at once, without a turn of the selector.
        pump();
    }

    private void pump() throws IOException {
        Pipe up = upstream;
        Pipe down = downstream;
        if (up == null || down == null) {
            return;
        }
        up.pump();
        down.pump();
        if (up.isFinished() && down.isFinished()) {
            close();
            return;
        }
        setInterest(clientKey, up, down);
        setInterest(serverKey, down, up);
    }

    /** @param outOf the pipe that reads from the key's channel */
    private static void setInterest(@Nullable SelectionKey key, Pipe outOf, Pipe into) {
        if (key != null) {
            int wanted = (outOf.wantsToRead() ? SelectionKey.OP_READ : 0)
                    | (into.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }
    }

    private void close() {
        Channels.close(client);
        if (server != null) {
            Channels.close(server);
        }
        forget();
    }

    private void leave() {
        if (chosen != null) {
            route.ended(chosen);
            chosen = null;
        }
    }

    private void forget() {
        loop.cancelAlarm(this);
        leave();
        if (upstream != null) {
            upstream.release();
        }
        if (downstream != null) {
            downstream.release();
        }
    }
}
