package io.orchestrator.core.network.userspace;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.LoopGroup;
import io.orchestrator.core.network.io.SelectorLoop;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives datagrams and gives each client a flow of its own, so that answers find back. Flows are forgotten when idle, and when
 * their endpoint is no longer served; too many clients push out the oldest.
 */
final class UdpFrontend extends Frontend implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(UdpFrontend.class);
    private static final int MOST_FLOWS = 4096;
    private static final int DATAGRAMS_AT_A_TIME = 64;

    private final SelectorLoop loop;
    private final Duration idle;

    /** In the order of their beginning. Owned by the loop. */
    private final Map<SocketAddress, UdpFlow> flows = new LinkedHashMap<>();

    private volatile @Nullable DatagramChannel listener;

    UdpFrontend(Bind bind, Route route, LoopGroup group, Duration idle) {
        super(bind, route);
        this.loop = group.next();
        this.idle = idle;
    }

    @Override
    boolean isListening() {
        return listener != null;
    }

    @Override
    void listen() throws IOException {
        DatagramChannel channel = DatagramChannel.open(Bind.family(bind().address()));
        try {
            channel.configureBlocking(false);
            channel.bind(bind().socketAddress());
        } catch (IOException | RuntimeException e) {
            Channels.close(channel);
            throw e;
        }
        listener = channel;
        loop.execute(() -> {
            if (loop.isClosed()) {
                Channels.close(channel);
                return;
            }
            try {
                loop.register(channel, SelectionKey.OP_READ, this);
            } catch (IOException e) {
                LOG.debug("{} was closed before it began", bind(), e);
            }
        });
    }

    @Override
    void stopListening() {
        DatagramChannel channel = listener;
        listener = null;
        if (channel != null) {
            loop.await(() -> {
                Channels.close(channel);
                List.copyOf(flows.values()).forEach(UdpFlow::abort);
            });
        }
    }

    /** A datagram needs no connection to end with: flows to endpoints that no longer take new ones move on. */
    @Override
    void review() {
        loop.await(() -> {
            for (UdpFlow flow : List.copyOf(flows.values())) {
                if (!route().serves(flow.endpoint())) {
                    flow.abort();
                }
            }
        });
    }

    @Override
    public void ready(SelectionKey key) {
        DatagramChannel channel = (DatagramChannel) key.channel();
        for (int i = 0; i < DATAGRAMS_AT_A_TIME; i++) {
            try {
                ByteBuffer datagram = loop.scratch();
                SocketAddress client = channel.receive(datagram);
                if (client == null) {
                    return;
                }
                datagram.flip();
                forward(client, datagram, channel);
            } catch (IOException e) {
                // Such as the answer to an answer, to a client that has gone: the next datagram is another's.
                LOG.trace("a datagram to {} was lost", bind(), e);
            }
        }
    }

    private void forward(SocketAddress client, ByteBuffer datagram, DatagramChannel channel) throws IOException {
        UdpFlow flow = flows.get(client);
        if (flow == null) {
            flow = begin(client, channel);
        }
        if (flow != null) {
            flow.send(datagram);
        }
    }

    private @Nullable UdpFlow begin(SocketAddress client, DatagramChannel channel) throws IOException {
        Endpoint endpoint = route().choose(((InetSocketAddress) client).getAddress(), Set.of());
        if (endpoint == null) {
            return null;
        }
        Iterator<UdpFlow> oldest = flows.values().iterator();
        if (flows.size() >= MOST_FLOWS) {
            oldest.next().abort();
        }
        UdpFlow flow = UdpFlow.open(loop, client, endpoint, channel, idle, () -> flows.remove(client));
        flows.put(client, flow);
        return flow;
    }

    @Override
    public void abort() {
        DatagramChannel channel = listener;
        if (channel != null) {
            Channels.close(channel);
        }
    }
}
