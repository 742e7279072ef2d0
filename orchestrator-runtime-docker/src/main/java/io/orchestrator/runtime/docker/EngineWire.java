package io.orchestrator.runtime.docker;

import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.transport.SSLConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

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
        Socket socket = socket(config.getSSLConfig());
        socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), CONNECT_MILLIS);
        return new OverSocket(socket);
    }

    private static Socket socket(SSLConfig ssl) throws IOException {
        try {
            SSLContext context = ssl == null ? null : ssl.getSSLContext();
            return context == null ? new Socket() : context.getSocketFactory().createSocket();
        } catch (GeneralSecurityException e) {
            throw new IOException("the TLS configuration for Docker cannot be used", e);
        }
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

    /** A plain or TLS socket. */
    record OverSocket(Socket socket) implements EngineWire {
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
            socket.close();
        }
    }
}
