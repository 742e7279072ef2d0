package io.orchestrator.apiserver.http;

import io.orchestrator.core.auth.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ports that share their threads and one way of handling requests: of HTTPS that speaks HTTP/1.1 and HTTP/2, or of the same without
 * TLS. Client certificates are asked for and taken from anybody: whether one counts is the authenticator's business, which answers
 * 401 where a failed handshake would tell the user nothing.
 */
public final class JettyServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);
    private static final int MIN_THREADS = 4;
    private static final int HEADER_BYTES = 64 * 1024;
    private static final int STOP_MILLIS = 2_000;
    /** Jetty decides. */
    private static final int ANY = -1;

    private static final int MOST_READERS = 8;

    private final Server server;
    private final List<ServerConnector> connectors;

    private JettyServer(Server server, List<ServerConnector> connectors) {
        this.server = server;
        this.connectors = List.copyOf(connectors);
    }

    /** Where a server listens, and how it speaks there. */
    public static final class Port {
        private final String address;
        private final int number;
        private final ConnectionFactory[] protocols;

        private Port(String address, int number, ConnectionFactory... protocols) {
            this.address = address;
            this.number = number;
            this.protocols = protocols;
        }

        /** HTTPS. @param number 0 takes any that is free */
        public static Port secure(String address, int number, Identity identity, X509Certificate authority) {
            return new Port(address, number, protocols(identity, authority));
        }

        /** Without TLS, and so without anybody's certificate. @param number 0 takes any that is free */
        public static Port plain(String address, int number) {
            HttpConfiguration config = configuration();
            return new Port(
                    address, number, new HttpConnectionFactory(config), new HTTP2CServerConnectionFactory(config));
        }
    }

    /** Opens one port of HTTPS; see {@link #start(List, int, Duration, HandlerFactory)}. */
    public static JettyServer start(
            String address,
            int port,
            int maxThreads,
            Duration idle,
            Identity identity,
            X509Certificate authority,
            HandlerFactory handlers) {
        return start(List.of(Port.secure(address, port, identity, authority)), maxThreads, idle, handlers);
    }

    /** The same without TLS, and so without anybody's identity: for what everybody on that address may read. */
    public static JettyServer startPlain(
            String address, int port, int maxThreads, Duration idle, HandlerFactory handlers) {
        return start(List.of(Port.plain(address, port)), maxThreads, idle, handlers);
    }

    /**
     * Opens the ports, all or none.
     *
     * @param maxThreads how many threads requests and connections may take
     * @param idle how long a connection may stay without a request or a byte of one, and an answer without its reader
     * @param handlers makes the handler, given the container that upgrades requests to WebSockets
     * @throws UncheckedIOException when a port is taken or may not be opened
     */
    public static JettyServer start(List<Port> ports, int maxThreads, Duration idle, HandlerFactory handlers) {
        QueuedThreadPool threads = new QueuedThreadPool(maxThreads, MIN_THREADS);
        threads.setName("apiserver");
        threads.setDaemon(true);
        Server server = new Server(threads);
        List<ServerConnector> connectors = new ArrayList<>();
        ServerWebSocketContainer webSockets = ServerWebSocketContainer.ensure(server);
        Handler handler = handlers.create(webSockets);
        server.setHandler(handler);
        int readers = handler.getInvocationType() == InvocationType.NON_BLOCKING ? readers() : ANY;
        for (Port port : ports) {
            ServerConnector connector = new ServerConnector(server, null, null, null, ANY, readers, port.protocols);
            connector.setHost(port.address);
            connector.setPort(port.number);
            connector.setIdleTimeout(idle.toMillis());
            server.addConnector(connector);
            connectors.add(connector);
        }
        server.setStopTimeout(0);
        JettyServer started = new JettyServer(server, connectors);
        try {
            server.start();
            return started;
        } catch (Exception e) {
            started.close();
            String where = String.join(
                    ", ",
                    ports.stream().map(port -> port.address + ":" + port.number).toList());
            throw new UncheckedIOException(new IOException("cannot serve on " + where + ": " + e, e));
        }
    }

    /** How many threads read from connections where they serve requests as well: one for each processor. */
    private static int readers() {
        return Math.min(MOST_READERS, Runtime.getRuntime().availableProcessors());
    }

    /** Makes the handler of a server that is about to start. */
    @FunctionalInterface
    public interface HandlerFactory {
        Handler create(ServerWebSocketContainer webSockets);
    }

    /** The port that was opened, the first where there are several. */
    public int port() {
        return port(0);
    }

    /** The port that was opened. @param place among the ports that were asked for */
    public int port(int place) {
        return connectors.get(place).getLocalPort();
    }

    /**
     * Shows another identity to those who connect by TLS from now on; connections that stand stay as they are.
     *
     * @throws IllegalStateException when it cannot be used; what was shown before is shown on
     */
    public void renew(Identity identity, X509Certificate authority) {
        for (ServerConnector connector : connectors) {
            SslConnectionFactory tls = connector.getConnectionFactory(SslConnectionFactory.class);
            if (tls != null) {
                try {
                    tls.getSslContextFactory().reload(factory -> show(factory, identity, authority));
                } catch (Exception e) {
                    throw new IllegalStateException("the server's new identity cannot be used", e);
                }
            }
        }
    }

    /** Closes the ports and every connection; what is under way has a moment to end, and is cut then. Idempotent. */
    @Override
    public void close() {
        try {
            connectors.forEach(ServerConnector::close);
            server.setStopTimeout(STOP_MILLIS);
            stop();
            server.destroy();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }

    private void stop() throws Exception {
        try {
            server.stop();
        } catch (TimeoutException e) {
            // Jetty says it when it has stopped all the same: a log that is followed, say, or a client that keeps its
            // connection.
            LOG.debug("what was still under way after {} ms was cut", STOP_MILLIS, e);
        }
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration config = new HttpConfiguration();
        config.setSendServerVersion(false);
        config.setSendDateHeader(true);
        config.setRequestHeaderSize(HEADER_BYTES);
        return config;
    }

    private static ConnectionFactory[] protocols(Identity identity, X509Certificate authority) {
        HttpConfiguration config = configuration();
        // Host names of certificates are for clients to check; requests come for IP addresses and tunnels, too.
        config.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory http1 = new HttpConnectionFactory(config);
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(config);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
        alpn.setDefaultProtocol(http1.getProtocol());
        SslConnectionFactory tls = new SslConnectionFactory(tls(identity, authority), alpn.getProtocol());
        return new ConnectionFactory[] {tls, alpn, http2, http1};
    }

    private static SslContextFactory.Server tls(Identity identity, X509Certificate authority) {
        SslContextFactory.Server factory = new SslContextFactory.Server() {
            @Override
            protected TrustManager[] getTrustManagers(KeyStore trustStore, Collection<? extends CRL> crls) {
                return new TrustManager[] {new AnyClientCertificate()};
            }
        };
        show(factory, identity, authority);
        factory.setWantClientAuth(true);
        factory.setSniRequired(false);
        return factory;
    }

    private static void show(SslContextFactory factory, Identity identity, X509Certificate authority) {
        char[] password = "in-memory-only".toCharArray();
        try {
            factory.setKeyStore(identity.keyStore(password, authority));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the server's identity cannot be used", e);
        }
        factory.setKeyStorePassword(new String(password));
    }
}
