package io.orchestrator.core.network.userspace;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.SelectorLoop;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's datagrams to one endpoint, and the answers. Owned by its loop. */
final class UdpFlow implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(UdpFlow.class);
    private static final int DATAGRAMS_AT_A_TIME = 64;

    private final SelectorLoop loop;
    private final SocketAddress client;
    private final Endpoint endpoint;
    private final DatagramChannel back;
    private final DatagramChannel channel;
    private final Duration idle;
    private final Runnable onEnd;
    private long lastNanos;

    private UdpFlow(
            SelectorLoop loop,
            SocketAddress client,
            Endpoint endpoint,
            DatagramChannel back,
            DatagramChannel channel,
            Duration idle,
            Runnable onEnd) {
        this.loop = loop;
        this.client = client;
        this.endpoint = endpoint;
        this.back = back;
        this.channel = channel;
        this.idle = idle;
        this.onEnd = onEnd;
        this.lastNanos = loop.now();
    }

    static UdpFlow open(
            SelectorLoop loop,
            SocketAddress client,
            Endpoint endpoint,
            DatagramChannel back,
            Duration idle,
            Runnable onEnd)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open(Bind.family(endpoint.address()));
        try {
            channel.configureBlocking(false);
            channel.connect(Bind.socketAddress(endpoint.address(), endpoint.port()));
            UdpFlow flow = new UdpFlow(loop, client, endpoint, back, channel, idle, onEnd);
            loop.register(channel, SelectionKey.OP_READ, flow);
            loop.setAlarm(flow, idle, flow::endIfIdle);
            return flow;
        } catch (IOException | RuntimeException e) {
            Channels.close(channel);
            throw e;
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void send(ByteBuffer datagram) {
        lastNanos = loop.now();
        try {
            channel.write(datagram);
        } catch (IOException e) {
            // The endpoint's machine said that nobody listens: the client's next datagram may find another.
            LOG.trace("a datagram to {} was refused", endpoint, e);
            abort();
        }
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            for (int i = 0; i < DATAGRAMS_AT_A_TIME; i++) {
                ByteBuffer datagram = loop.scratch();
                if (channel.receive(datagram) == null) {
                    return;
                }
                datagram.flip();
                back.send(datagram, client);
                lastNanos = loop.now();
            }
        } catch (IOException e) {
            LOG.trace("the flow from {} to {} broke", client, endpoint, e);
            abort();
        }
    }

    @Override
    public void abort() {
        loop.cancelAlarm(this);
        Channels.close(channel);
        onEnd.run();
    }

    private void endIfIdle() {
        Duration silent = Duration.ofNanos(loop.now() - lastNanos);
        if (silent.compareTo(idle) >= 0) {
            abort();
        } else {
            loop.setAlarm(this, idle.minus(silent), this::endIfIdle);
        }
    }
}
