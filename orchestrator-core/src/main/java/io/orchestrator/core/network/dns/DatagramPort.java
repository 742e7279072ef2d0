package io.orchestrator.core.network.dns;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers datagrams. Owned by its loop, but for its making. */
final class DatagramPort implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramPort.class);
    private static final int AT_A_TIME = 64;
    private static final int KERNEL_BUFFER = 1 << 20;

    private final SelectorLoop loop;
    private final Responder responder;
    private final DatagramChannel channel;

    private DatagramPort(SelectorLoop loop, Responder responder, DatagramChannel channel) {
        this.loop = loop;
        this.responder = responder;
        this.channel = channel;
    }

    /** Takes the address and port at once. @throws IOException when they cannot be had */
    static DatagramPort bind(SelectorLoop loop, Responder responder, InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, KERNEL_BUFFER);
            channel.bind(address);
            return new DatagramPort(loop, responder, channel);
        } catch (IOException | RuntimeException e) {
            Channels.close(channel);
            throw e;
        }
    }

    void begin() throws IOException {
        loop.register(channel, SelectionKey.OP_READ, this);
    }

    @Override
    public void ready(SelectionKey key) {
        for (int i = 0; i < AT_A_TIME; i++) {
            try {
                ByteBuffer datagram = loop.scratch();
                SocketAddress from = channel.receive(datagram);
                if (from == null) {
                    return;
                }
                byte[] bytes = new byte[datagram.flip().remaining()];
                datagram.get(bytes);
                responder.answer(bytes, true, reply -> send(reply, from));
            } catch (IOException e) {
                // Such as the answer to an earlier answer, to a client that has gone.
                LOG.trace("a datagram was lost", e);
            }
        }
    }

    /** What the kernel has no room for is lost, as datagrams are; the client asks again. */
    private void send(byte[] reply, SocketAddress to) {
        try {
            channel.send(ByteBuffer.wrap(reply), to);
        } catch (IOException e) {
            LOG.trace("an answer to {} was lost", to, e);
        }
    }

    @Override
    public void abort() {
        Channels.close(channel);
    }
}
