package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A socket to a pod's own address. */
record SocketConnection(Socket socket, InputStream input, OutputStream output) implements PodConnection {

    /**
     * Connects, blocking.
     *
     * @throws ApiException with reason ServiceUnavailable when nobody listens there
     */
    static SocketConnection to(String address, int port, Duration limit) {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), (int) limit.toMillis());
            socket.setTcpNoDelay(true);
            return new SocketConnection(socket, socket.getInputStream(), new Half(socket));
        } catch (IOException e) {
            close(socket);
            throw new ApiException(
                    Reason.SERVICE_UNAVAILABLE, "dial tcp " + address + ":" + port + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection to a pod could not be closed", e);
        }
    }

    /** The way to the pod. A socket's own stream would close the way back, too. */
    private static final class Half extends OutputStream {
        private final Socket socket;
        private final OutputStream out;

        Half(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!socket.isClosed() && !socket.isOutputShutdown()) {
                socket.shutdownOutput();
            }
        }
    }
}
