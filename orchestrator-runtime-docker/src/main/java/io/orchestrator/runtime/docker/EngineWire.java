package io.orchestrator.runtime.docker;

import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.transport.SSLConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A bare connection to the engine that can be closed in one direction, which docker-java's cannot. One reader and one
 * writer at a time; any thread may close.
 */
interface EngineWire extends AutoCloseable {
    int CONNECT_MILLIS = 5_000;

    /** How many bytes were read; -1 at the end. */
    int read(byte[] into) throws IOException;

    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Tells the other side that no more will come. */
    void shutdownOutput() throws IOException;

    @Override
    void close() throws IOException;

    /** Connects to where the configuration points: a unix socket, TCP, or TCP with TLS. */
    static EngineWire connect(DockerClientConfig config) throws IOException {
        URI host = config.getDockerHost();
        if ("unix".equals(host.getScheme())) {
            return new OverChannel(SocketChannel.open(UnixDomainSocketAddress.of(host.getPath())));
        }
        Socket bare = open(host);
        try {
            return new OverSocket(withTls(bare, host, config.getSSLConfig()), bare);
        } catch (IOException | RuntimeException e) {
            bare.close();
            throw e;
        }
    }

    private static Socket open(URI host) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), CONNECT_MILLIS);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The same connection with TLS, if that is wanted: then the engine's name is in its certificate, or this fails. */
    private static Socket withTls(Socket bare, URI host, @Nullable SSLConfig config) throws IOException {
        SSLContext context;
        try {
            context = config == null ? null : config.getSSLContext();
        } catch (GeneralSecurityException e) {
            throw new IOException("the TLS configuration for Docker cannot be used", e);
        }
        if (context == null) {
            return bare;
        }
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(bare, host.getHost(), host.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        bare.setSoTimeout(CONNECT_MILLIS);
        socket.startHandshake();
        bare.setSoTimeout(0);
        return socket;
    }

    /**
     * What the engine has against our certificate, or we have against its; empty where TLS is not what is wrong. Sends nothing after
     * the handshake: an engine that hangs up on what it has not read takes its own last word back.
     */
    static Optional<String> objection(DockerClientConfig config) {
        URI host = config.getDockerHost();
        if (config.getSSLConfig() == null || "unix".equals(host.getScheme())) {
            return Optional.empty();
        }
        try (Socket bare = open(host)) {
            try (Socket socket = withTls(bare, host, config.getSSLConfig())) {
                bare.setSoTimeout(CONNECT_MILLIS);
                socket.getInputStream().read();
                return Optional.empty();
            } catch (SSLException | SocketException e) {
                return Optional.of(objection(e));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String objection(IOException e) {
        String why = String.valueOf(e.getMessage());
        if (why.startsWith("Received fatal alert") && (why.contains("certificate") || why.contains("unknown_ca"))) {
            return "it refuses the client certificate: " + why;
        }
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof CertificateException) {
                return "its certificate is not trusted: " + why;
            }
            if (each instanceof SocketException || each instanceof EOFException) {
                return "it breaks off the TLS handshake, as one that refuses the client certificate may: " + why;
            }
        }
        return "no TLS with it is possible: " + why;
    }

    /** Reads and writes the channel itself: the streams that wrap a channel lock each other out. */
    record OverChannel(SocketChannel channel) implements EngineWire {
        @Override
        public int read(byte[] into) throws IOException {
            return channel.read(ByteBuffer.wrap(into));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public void shutdownOutput() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A plain or TLS socket, and what is beneath it. */
    record OverSocket(Socket socket, Socket bare) implements EngineWire {
        @Override
        public int read(byte[] into) throws IOException {
            return socket.getInputStream().read(into);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            socket.getOutputStream().write(bytes, offset, length);
            socket.getOutputStream().flush();
        }

        @Override
        public void shutdownOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            // The one beneath first: TLS would say good-bye, and wait with that behind a writer that is stuck.
            bare.close();
            socket.close();
        }
    }
}
