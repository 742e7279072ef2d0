package io.orchestrator.core.client.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.orchestrator.core.client.config.ClientIdentity;
import io.orchestrator.core.client.config.ClusterAccess;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of connections, and a new one when the client shows another certificate, as one that was renewed. Thread-safe.
 *
 * <p>HTTP/1.1 on purpose: each watch has a connection of its own, so that one that is cut, or whose listener is slow, holds
 * nothing else up, and a request that finds no answer takes its connection with it. The JDK's HTTP/2 client would go on asking on
 * a connection that died in silence.
 */
final class HttpConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnections.class);

    private final ClusterAccess access;
    private final Duration connect;
    private final Executor executor;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable HttpClient client;

    @GuardedBy("lock")
    private Optional<ClientIdentity> shown = Optional.empty();

    HttpConnections(ClusterAccess access, Duration connect, Executor executor) {
        this.access = access;
        this.connect = connect;
        this.executor = executor;
    }

    HttpClient showing(Optional<ClientIdentity> identity) {
        synchronized (lock) {
            HttpClient standing = client;
            if (standing == null || !shown.equals(identity)) {
                // What is under way on the former pool ends there; then nobody holds it any more.
                standing = open(identity);
                client = standing;
                shown = identity;
            }
            return standing;
        }
    }

    private HttpClient open(Optional<ClientIdentity> identity) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .executor(executor)
                .sslContext(TlsContexts.of(access.trust(), identity));
        access.proxy()
                .ifPresent(proxy -> builder.proxy(
                        ProxySelector.of(new InetSocketAddress(proxy.getHost(), Math.max(proxy.getPort(), 80)))));
        return builder.build();
    }

    /** Ends the JDK's own thread and the connections: from Java 21 on at once, before as soon as the collector has been there. */
    @Override
    public void close() {
        HttpClient last;
        synchronized (lock) {
            last = client;
            client = null;
        }
        if (last == null || Runtime.version().feature() < 21) {
            return;
        }
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(last);
        } catch (ReflectiveOperationException e) {
            LOG.warn("connections were not closed", e);
        }
    }
}
