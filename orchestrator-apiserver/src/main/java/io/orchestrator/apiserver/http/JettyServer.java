package io.orchestrator.apiserver.http;

import io.orchestrator.core.auth.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
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
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * One port, of HTTPS that speaks HTTP/1.1 and HTTP/2, or of plain HTTP/1.1. Client certificates are asked for and taken from anybody: whether one
 * counts is the authenticator's business, which answers 401 where a failed handshake would tell the user nothing.
 */
public final class JettyServer implements AutoCloseable {
    private static final int MIN_THREADS = 4;
    private static final int HEADER_BYTES = 64 * 1024;
    private static final int STOP_MILLIS = 2_000;

    private final Server server;
    private final ServerConnector connector;

    private JettyServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Opens the port.
     *
     * @param port 0 takes any that is free
     * @param maxThreads how many threads requests and connections may take
     * @param idle how long a connection may stay without a request or a byte of one, and an answer without its reader
     * @param handlers makes the handler, given the container that upgrades requests to WebSockets
     * @throws UncheckedIOException when the port is taken or may not be opened
     */
    public static JettyServer start(
            String address,
            int port,
            int maxThreads,
            Duration idle,
            Identity identity,
            X509Certificate authority,
            HandlerFactory handlers) {
        return start(address, port, maxThreads, idle, protocols(identity, authority), handlers);
    }

    /** The same without TLS, and so without anybody's identity: for what everybody on that address may read. */
    public static JettyServer startPlain(
            String address, int port, int maxThreads, Duration idle, HandlerFactory handlers) {
        return start(
                address,
                port,
                maxThreads,
                idle,
                new ConnectionFactory[] {new HttpConnectionFactory(configuration())},
                handlers);
    }

    private static JettyServer start(
            String address,
            int port,
            int maxThreads,
            Duration idle,
            ConnectionFactory[] protocols,
            HandlerFactory handlers) {
        QueuedThreadPool threads = new QueuedThreadPool(maxThreads, MIN_THREADS);
        threads.setName("apiserver");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, null, null, null, -1, -1, protocols);
        connector.setHost(address);
        connector.setPort(port);
        connector.setIdleTimeout(idle.toMillis());
        server.addConnector(connector);
        server.setStopTimeout(0);
        ServerWebSocketContainer webSockets = ServerWebSocketContainer.ensure(server);
        server.setHandler(handlers.create(webSockets));
        JettyServer started = new JettyServer(server, connector);
        try {
            server.start();
            return started;
        } catch (Exception e) {
            started.close();
            throw new UncheckedIOException(new IOException("cannot serve on " + address + ":" + port + ": " + e, e));
        }
    }

    /** Makes the handler of a server that is about to start. */
    @FunctionalInterface
    public interface HandlerFactory {
        Handler create(ServerWebSocketContainer webSockets);
    }

    /** The port that was opened. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Closes the port and every connection. Idempotent. */
    @Override
    public void close() {
        try {
            connector.close();
            server.setStopTimeout(STOP_MILLIS);
            server.stop();
            server.destroy();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
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
        char[] password = "in-memory-only".toCharArray();
        try {
            factory.setKeyStore(identity.keyStore(password, authority));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the server's identity cannot be used", e);
        }
        factory.setKeyStorePassword(new String(password));
        factory.setWantClientAuth(true);
        factory.setSniRequired(false);
        return factory;
    }
}
