package io.orchestrator.core.network.dns;

import io.orchestrator.core.network.io.Channels;
import io.orchestrator.core.network.io.SelectorLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * One question to other servers: each is asked by a datagram from a port of its own, twice at most, and by a connection when its
 * answer does not fit in a datagram. Owned by its loop.
 */
final class UpstreamExchange implements SelectorLoop.Channel {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamExchange.class);
    private static final int ROUNDS = 2;
    private static final int MOST_TRIES = 6;
    /** What fits in a packet on nearly every way. */
    static final int PAYLOAD = 1232;

    private final SelectorLoop loop;
    private final List<InetSocketAddress> servers;
    private final Duration patience;
    private final Record question;
    private final int id;
    private final byte[] query;
    private final Consumer<@Nullable Message> then;
    private int tries;
    private boolean done;
    private @Nullable DatagramChannel channel;
    private @Nullable UpstreamStream stream;
    /** From a server that could not help; better than nothing when none could. */
    private @Nullable Message refusal;

    /** @param then gets the answer once, or null when nobody answered */
    UpstreamExchange(
            SelectorLoop loop,
            List<InetSocketAddress> servers,
            Duration patience,
            Question asked,
            int id,
            Consumer<@Nullable Message> then) {
        this.loop = loop;
        this.servers = servers;
        this.patience = patience;
        this.id = id;
        this.then = then;
        this.question = Record.newRecord(asked.name(), asked.type(), DClass.IN);
        Message message = Message.newQuery(question);
        message.getHeader().setID(id);
        if (asked.unchecked()) {
            message.getHeader().setFlag(Flags.CD);
        }
        message.addRecord(new OPTRecord(PAYLOAD, 0, 0, asked.dnssec() ? ExtendedFlags.DO : 0), Section.ADDITIONAL);
        this.query = message.toWire();
    }

    void begin() {
        next();
    }

    private InetSocketAddress server() {
        return servers.get((tries - 1) % servers.size());
    }

    private void next() {
        release();
        while (tries < Math.min(MOST_TRIES, servers.size() * ROUNDS)) {
            tries++;
            if (send(server())) {
                return;
            }
        }
        finish(refusal);
    }

    private boolean send(InetSocketAddress server) {
        DatagramChannel opened = null;
        try {
            opened = DatagramChannel.open();
            opened.configureBlocking(false);
            opened.connect(server);
            opened.write(ByteBuffer.wrap(query));
            loop.register(opened, SelectionKey.OP_READ, this);
            channel = opened;
            loop.setAlarm(this, patience, this::next);
            return true;
        } catch (IOException e) {
            LOG.debug("the name server {} cannot be asked", server, e);
            if (opened != null) {
                Channels.close(opened);
            }
            return false;
        }
    }

    @Override
    public void ready(SelectionKey key) {
        DatagramChannel asked = (DatagramChannel) key.channel();
        try {
            ByteBuffer datagram = loop.scratch();
            while (asked == channel && asked.receive(datagram) != null) {
                datagram.flip();
                byte[] bytes = new byte[datagram.remaining()];
                datagram.get(bytes);
                // What is no answer to this question is somebody's attempt to be taken for one, and is passed over.
                Message message = read(bytes);
                if (message != null) {
                    answered(message, true);
                }
                datagram = loop.scratch();
            }
        } catch (IOException e) {
            // Its machine said that nobody listens there.
            LOG.debug("the name server {} does not answer", server(), e);
            next();
        }
    }

    /** Null when it is no answer to this question. */
    private @Nullable Message read(byte[] bytes) {
        try {
            Message message = new Message(bytes);
            boolean ours = message.getHeader().getID() == id
                    && message.getHeader().getFlag(Flags.QR)
                    && (message.getQuestion() == null || question.equals(message.getQuestion()));
            return ours ? message : null;
        } catch (IOException e) {
            LOG.debug("the name server {} sent no message", server(), e);
            return null;
        }
    }

    private void answered(Message message, boolean datagram) {
        int rcode = message.getHeader().getRcode();
        if (datagram && message.getHeader().getFlag(Flags.TC)) {
            askByConnection(message);
        } else if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
            finish(message);
        } else {
            refusal = message;
            next();
        }
    }

    private void askByConnection(Message truncated) {
        InetSocketAddress server = server();
        release();
        stream = new UpstreamStream(loop, server, query, patience, bytes -> {
            Message whole = bytes == null ? null : read(bytes);
            if (whole == null) {
                // Nothing more will come on the connection.
                finish(truncated);
            } else {
                answered(whole, false);
            }
        });
        stream.begin();
    }

    private void finish(@Nullable Message message) {
        release();
        if (!done) {
            done = true;
            then.accept(message);
        }
    }

    private void release() {
        loop.cancelAlarm(this);
        if (channel != null) {
            Channels.close(channel);
            channel = null;
        }
        if (stream != null) {
            stream.abort();
            stream = null;
        }
    }

    @Override
    public void abort() {
        release();
    }
}
