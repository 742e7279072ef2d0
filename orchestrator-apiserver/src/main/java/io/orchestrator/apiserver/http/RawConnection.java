package io.orchestrator.apiserver.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection after an upgrade to a protocol of our own: bytes both ways. It may be silent for as long as it likes. */
final class RawConnection extends AbstractConnection implements Connection.UpgradeTo {
    private static final Logger LOG = LoggerFactory.getLogger(RawConnection.class);
    private static final int BUFFER_BYTES = 16 * 1024;
    /** How long the other end may take to go after we have said goodbye. */
    private static final long LINGER_MILLIS = 2_000;

    private final PeerEndpoint endpoint;
    private final Duration patience;
    private final OpenPeers.Place place;
    private final Peer otherEnd = new OtherEnd();
    private final Object sending = new Object();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private final Callback readable = Callback.from(this::onFillable, this::onFillInterestedFailed);
    private ByteBuffer prefilled = BufferUtil.EMPTY_BUFFER;

    RawConnection(
            EndPoint connection, Executor executor, PeerEndpoint endpoint, Duration patience, OpenPeers.Place place) {
        super(connection, executor);
        this.place = place;
        this.endpoint = endpoint;
        this.patience = patience;
    }

    @Override
    public void onUpgradeTo(ByteBuffer read) {
        prefilled = BufferUtil.copy(read);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(0);
        endpoint.opened(otherEnd);
        place.taken(otherEnd);
        if (BufferUtil.hasContent(prefilled)) {
            endpoint.received(BufferUtil.toArray(prefilled));
            prefilled = BufferUtil.EMPTY_BUFFER;
        } else {
            tryFillInterested(readable);
        }
    }

    @Override
    public void onFillable() {
        ByteBuffer buffer = BufferUtil.allocate(BUFFER_BYTES);
        try {
            int read = getEndPoint().fill(buffer);
            while (read > 0 && ending.get()) {
                buffer.clear().flip();
                read = getEndPoint().fill(buffer);
            }
            if (read > 0) {
                endpoint.received(BufferUtil.toArray(buffer));
            } else if (read == 0) {
                tryFillInterested(readable);
            } else {
                gone();
            }
        } catch (IOException e) {
            LOG.debug("an upgraded connection broke: {}", e.toString());
            gone();
        }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        LOG.debug("an upgraded connection is not read any further: {}", cause.toString());
        gone();
    }

    private void gone() {
        getEndPoint().close();
        tell();
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        tell();
    }

    private void tell() {
        if (told.compareAndSet(false, true)) {
            place.leave(otherEnd);
            endpoint.closed();
        }
    }

    /** The connection as its endpoint has it. Jetty's own idea of a close is another one: it cuts off. */
    private final class OtherEnd implements Peer {
        @Override
        public void demand() {
            if (getEndPoint().isOpen()) {
                tryFillInterested(readable);
            }
        }

        @Override
        public void send(byte[] bytes) throws IOException {
            Callback.Completable sent = new Callback.Completable();
            synchronized (sending) {
                if (ending.get()) {
                    throw new IOException("the connection has ended");
                }
                getEndPoint().write(sent, ByteBuffer.wrap(bytes));
                await(sent);
            }
        }

        private void await(Callback.Completable sent) throws IOException {
            try {
                sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                disconnect();
                throw new IOException("the other end of an upgraded connection takes nothing", e);
            } catch (ExecutionException e) {
                throw new IOException("bytes could not be sent", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                disconnect();
                throw new InterruptedIOException("interrupted while bytes were sent");
            }
        }

        @Override
        public void close() {
            if (ending.compareAndSet(false, true)) {
                // A close with bytes unread would make the kernel drop what is on its way: say goodbye, let the other
                // go.
                getEndPoint().shutdownOutput();
                getEndPoint().setIdleTimeout(LINGER_MILLIS);
                demand();
            }
        }

        @Override
        public void disconnect() {
            getEndPoint().close(new IOException("cut off"));
        }
    }
}
