package io.orchestrator.apiserver.remote;

import io.orchestrator.apiserver.http.Peer;
import io.orchestrator.apiserver.http.PeerEndpoint;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node at the other end of a connection that has left HTTP. One task of the executor reads it, when that is asked for. */
final class SocketPeer implements Peer {
    private static final Logger LOG = LoggerFactory.getLogger(SocketPeer.class);
    private static final int BUFFER_BYTES = 16 * 1024;
    /** How long bytes may be on their way out before the other end is cut off. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** How long the other end may take to go after we have said goodbye. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final TlsConnection connection;
    private final PeerEndpoint endpoint;
    private final Environment environment;
    private final Semaphore demand = new Semaphore(0);
    private final Object sending = new Object();
    private final AtomicBoolean ending = new AtomicBoolean();

    SocketPeer(TlsConnection connection, PeerEndpoint endpoint, Environment environment) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.environment = environment;
    }

    /** Begins. @param first what the other end has said already */
    void begin(byte[] first) {
        endpoint.opened(this);
        environment.executor().execute(() -> {
            try {
                if (first.length > 0) {
                    endpoint.received(first);
                } else {
                    demand();
                }
                readAll();
            } catch (IOException e) {
                LOG.debug("a connection to a node broke: {}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                connection.close();
                endpoint.closed();
            }
        });
    }

    private void readAll() throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            demand.acquire();
            int read = connection.input().read(buffer);
            if (read < 0) {
                return;
            }
            if (ending.get()) {
                demand();
            } else {
                endpoint.received(Arrays.copyOf(buffer, read));
            }
        }
    }

    @Override
    public void demand() {
        demand.release();
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        Future<?> late = disconnectIn(PATIENCE);
        try {
            synchronized (sending) {
                if (ending.get()) {
                    throw new IOException("the connection has ended");
                }
                connection.output().write(bytes);
                connection.output().flush();
            }
        } finally {
            late.cancel(false);
        }
    }

    private Future<?> disconnectIn(Duration time) {
        return environment
                .timers()
                .schedule(() -> environment.executor().execute(this::disconnect), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        try {
            disconnectIn(LINGER);
            connection.shutdownOutput();
        } catch (IOException | RejectedExecutionException e) {
            LOG.debug("nobody hears a goodbye: {}", e.toString());
            connection.close();
        }
        demand();
    }

    @Override
    public void disconnect() {
        connection.close();
        demand();
    }
}
