package io.orchestrator.store.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one jetcd client in use. gRPC waits up to two minutes between its attempts to connect, and offers no way to shorten
 * that: so when nothing has got through for a while, the client is replaced by a fresh one, which tries at once.
 */
final class EtcdConnection {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdConnection.class);
    private static final Duration SILENCE_BEFORE_RENEWAL = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration KEEPALIVE_TIME = Duration.ofSeconds(10);
    private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(5);
    /** A page of 500 values of a megabyte; more is asked for in smaller pages. */
    private static final int MAX_INBOUND_BYTES = 512 << 20;

    private final EtcdStoreOptions options;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Object renewing = new Object();
    private volatile Line line;
    private volatile long lastSign;
    private boolean closed;

    EtcdConnection(EtcdStoreOptions options, Executor executor, LongSupplier nanoTime) {
        this.options = options;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.lastSign = nanoTime.getAsLong();
        this.line = connect();
    }

    /** A client, and the way past it. */
    private record Line(Client client, ChannelTap tap) {}

    private Line connect() {
        ChannelTap tap = new ChannelTap();
        ClientBuilder builder = Client.builder();
        options.security().apply(builder);
        Client client = builder.endpoints(options.endpoints().toArray(String[]::new))
                .connectTimeout(CONNECT_TIMEOUT)
                .keepaliveTime(KEEPALIVE_TIME)
                .keepaliveTimeout(KEEPALIVE_TIMEOUT)
                .keepaliveWithoutCalls(true)
                .maxInboundMessageSize(MAX_INBOUND_BYTES)
                .waitForReady(true)
                // A write must never run twice, and reads are repeated by whoever asked.
                .retryMaxAttempts(0)
                .interceptor(new DeadlineInterceptor(options.deadline()))
                .interceptor(tap)
                .build();
        return new Line(client, tap);
    }

    Client client() {
        return line.client();
    }

    /** The way past the client that is in use now; null until that one has made a call to etcd's keys. */
    ChannelTap.@Nullable Direct direct() {
        return line.tap().direct();
    }

    /** Something came from etcd. */
    void alive() {
        lastSign = nanoTime.getAsLong();
    }

    /** Something that should have come did not. */
    void suspect() {
        Client old;
        synchronized (renewing) {
            long now = nanoTime.getAsLong();
            if (closed || now - lastSign < SILENCE_BEFORE_RENEWAL.toNanos()) {
                return;
            }
            lastSign = now;
            old = line.client();
            line = connect();
        }
        LOG.info("Nothing heard from etcd at {} for {}: connecting anew", options.endpoints(), SILENCE_BEFORE_RENEWAL);
        executor.execute(old::close);
    }

    void close() {
        synchronized (renewing) {
            closed = true;
        }
        line.client().close();
    }
}
