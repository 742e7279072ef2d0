package io.orchestrator.apiserver.spdy;

import io.orchestrator.apiserver.http.Peer;
import io.orchestrator.apiserver.http.PeerEndpoint;
import io.orchestrator.core.env.SerialExecutor;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a SPDY/3.1 connection: the server's, to which the client opens streams, which are handed to the handler; or the
 * client's, which opens them. At most so many bytes lie here unread: beyond that the connection itself is not read, since the
 * clients of Kubernetes count no windows. Thread-safe.
 */
public final class SpdyConnection implements PeerEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SpdyConnection.class);
    private static final int MAX_UNREAD = 256 * 1024;
    private static final int MAX_STREAMS = 1024;
    /** Half of the window that every stream begins with. */
    private static final int WINDOW_STEP = 32 * 1024;

    private final Executor executor;
    private final SerialExecutor input;
    private final StreamHandler handler;
    private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
    private final FrameReader frames = new FrameReader(new Frame());
    private final AtomicInteger unread = new AtomicInteger();
    private final AtomicInteger unannounced = new AtomicInteger();
    /** Whether the peer waits to be asked for more. Guarded by this. */
    private boolean paused;
    /** Both confined to the input's task. */
    private final HeaderReader headerReader = new HeaderReader();

    private int lastStream;
    /** Guarded by itself: blocks must leave in the order in which they were written. */
    private final HeaderWriter headerWriter = new HeaderWriter();

    /** Of the streams that were opened here; written under the guard of the headers' order. */
    private volatile int lastOpened = -1;

    private volatile @Nullable Peer peer;
    private volatile boolean over;

    /** @param executor on which everything that may block runs */
    public SpdyConnection(StreamHandler handler, Executor executor) {
        this.handler = handler;
        this.executor = executor;
        this.input = new SerialExecutor(executor);
    }

    @Override
    public void opened(Peer opened) {
        peer = opened;
    }

    @Override
    public void received(byte[] bytes) {
        try {
            input.execute(() -> read(bytes));
        } catch (RejectedExecutionException e) {
            LOG.debug("a connection is not read to its end: the server is being closed");
        }
    }

    private void read(byte[] bytes) {
        if (over) {
            return;
        }
        try {
            frames.read(bytes);
            demand(true);
        } catch (ProtocolViolation | BufferUnderflowException e) {
            LOG.debug("a client does not keep to SPDY/3.1: {}", e.toString());
            end(Frames.GOING_PROTOCOL_ERROR);
        } catch (IOException e) {
            LOG.debug("a connection broke: {}", e.toString());
            disconnect();
        }
    }

    /** @param asked whether the peer waits to be asked for more from now on */
    private void demand(boolean asked) {
        Peer other = peer;
        synchronized (this) {
            paused |= asked;
            if (!paused || unread.get() > MAX_UNREAD || other == null) {
                return;
            }
            paused = false;
        }
        other.demand();
    }

    /** Says goodbye: what was sent before is still delivered. Idempotent. */
    public void close() {
        end(Frames.GOING_OK);
    }

    private void end(int status) {
        if (over) {
            return;
        }
        over = true;
        Peer other = peer;
        if (other != null) {
            try {
                other.send(Frames.goAway(lastStream, status));
            } catch (IOException e) {
                LOG.debug("nobody hears a goodbye: {}", e.toString());
            }
            other.close();
        }
        breakStreams();
    }

    private void disconnect() {
        Peer other = peer;
        if (other != null) {
            other.disconnect();
        }
    }

    @Override
    public void closed() {
        over = true;
        breakStreams();
        try {
            input.execute(() -> {
                headerReader.close();
                synchronized (headerWriter) {
                    headerWriter.close();
                }
                handler.closed();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the end of a connection is not told: the server is being closed");
        }
    }

    private void breakStreams() {
        List.copyOf(streams.values()).forEach(SpdyStream::broken);
        streams.clear();
    }

    void send(byte[] frame) throws IOException {
        Peer other = peer;
        if (over || other == null) {
            throw new IOException("the connection has ended");
        }
        other.send(frame);
    }

    /**
     * Opens a stream, at the client's end. That it was refused is told to its reader.
     *
     * @param headers names in lower case
     * @param oneWay whether nothing will be written to it
     */
    public SpdyStream open(Map<String, String> headers, boolean oneWay) throws IOException {
        synchronized (headerWriter) {
            if (over) {
                throw new IOException("the connection has ended");
            }
            SpdyStream stream = stream(lastOpened + 2, headers);
            lastOpened = stream.id();
            send(Frames.synStream(stream.id(), oneWay ? Frames.FIN : 0, headerWriter.write(headers)));
            if (oneWay) {
                stream.stopWriting();
            }
            return stream;
        }
    }

    private SpdyStream stream(int id, Map<String, String> headers) {
        AtomicInteger ofStream = new AtomicInteger();
        SpdyStream stream = new SpdyStream(this, id, headers, new Inbox(executor, bytes -> taken(id, ofStream, bytes)));
        streams.put(id, stream);
        return stream;
    }

    void sendReply(int stream) throws IOException {
        synchronized (headerWriter) {
            if (over) {
                throw new IOException("the connection has ended");
            }
            send(Frames.synReply(stream, headerWriter.write(Map.of())));
        }
    }

    /** One direction of a stream has ended. @param inbound which */
    void ended(SpdyStream stream, boolean inbound) {
        boolean both = inbound ? !stream.isWritable() : stream.inbox().isEnded();
        if (both) {
            forget(stream);
        }
    }

    void forget(SpdyStream stream) {
        streams.remove(stream.id(), stream);
    }

    /** Tells a client that counts windows that there is room again, and reads on. */
    private void taken(int stream, AtomicInteger ofStream, int bytes) {
        unread.addAndGet(-bytes);
        try {
            announce(stream, ofStream, bytes);
            announce(0, unannounced, bytes);
        } catch (IOException e) {
            LOG.debug("room is not announced: {}", e.toString());
        }
        demand(false);
    }

    private void announce(int stream, AtomicInteger counter, int bytes) throws IOException {
        if (counter.addAndGet(bytes) >= WINDOW_STEP && !over) {
            send(Frames.windowUpdate(stream, counter.getAndSet(0)));
        }
    }

    /** What came, on the input's task. */
    private final class Frame implements FrameReader.Sink {
        @Override
        public void data(int id, byte[] bytes, boolean last) throws IOException {
            SpdyStream stream = streams.get(id);
            if (stream == null) {
                if (id > Math.max(lastStream, lastOpened)) {
                    throw new ProtocolViolation("data on stream " + id + ", which was not opened");
                }
                return;
            }
            if (bytes.length > 0) {
                unread.addAndGet(bytes.length);
                if (!stream.inbox().add(bytes)) {
                    unread.addAndGet(-bytes.length);
                }
            }
            if (last) {
                stream.inbox().end();
                ended(stream, true);
            }
        }

        @Override
        public void control(int type, int flags, ByteBuffer payload) throws IOException {
            switch (type) {
                case Frames.SYN_STREAM -> opened(flags, payload);
                case Frames.RST_STREAM -> {
                    SpdyStream stream = streams.remove(payload.getInt());
                    if (stream != null) {
                        stream.broken();
                    }
                }
                case Frames.PING -> {
                    int ping = payload.getInt();
                    // An even one is the server's: it comes to a client to be answered, and to a server as an answer.
                    if (ping % 2 != 0 || lastOpened > 0) {
                        send(Frames.ping(ping));
                    }
                }
                // They carry nothing for us, but the headers after them are compressed with theirs in mind.
                case Frames.SYN_REPLY, Frames.HEADERS -> headerReader.read(payload.array(), Integer.BYTES);
                // TCP holds our senders back: see the decision.
                case Frames.WINDOW_UPDATE, Frames.SETTINGS, Frames.GOAWAY ->
                    LOG.trace("a frame of type {} asks for nothing", type);
                default -> LOG.debug("a frame of the unknown type {} is passed over", type);
            }
        }

        private void opened(int flags, ByteBuffer payload) throws IOException {
            int id = payload.getInt() & Integer.MAX_VALUE;
            // associated stream, priority, slot
            int block = 2 * Integer.BYTES + Short.BYTES;
            Map<String, String> headers = headerReader.read(payload.array(), block);
            if (id <= lastStream || id % 2 == 0) {
                throw new ProtocolViolation("a stream of the number " + id + " after " + lastStream);
            }
            lastStream = id;
            if (streams.size() >= MAX_STREAMS) {
                send(Frames.reset(id, Frames.STATUS_REFUSED_STREAM));
                return;
            }
            SpdyStream stream = stream(id, headers);
            if ((flags & Frames.FIN) != 0) {
                stream.inbox().end();
            }
            handler.opened(stream);
        }
    }
}
