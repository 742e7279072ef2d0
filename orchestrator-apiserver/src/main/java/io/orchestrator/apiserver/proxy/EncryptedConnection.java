package io.orchestrator.apiserver.proxy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.spi.node.PodConnection;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** TLS over a connection to a pod. Any thread may close it. */
public final class EncryptedConnection implements PodConnection {
    private final PodConnection plain;
    private final InputStream input;
    private final OutputStream output;

    private EncryptedConnection(PodConnection plain, SSLSocket socket) throws IOException {
        this.plain = plain;
        this.input = socket.getInputStream();
        this.output = new Output(socket);
    }

    /**
     * Shakes hands, blocking for as long as the other takes; closing the plain connection ends that. Whoever is there is taken for
     * the pod, as the way to it says so: pods have certificates from anywhere.
     *
     * @param host as it knows itself
     * @throws ApiException with reason ServiceUnavailable when there is nobody who speaks TLS; the connection is closed then
     */
    public static EncryptedConnection over(PodConnection plain, String host) {
        try {
            SSLSocket socket = (SSLSocket) sockets().createSocket(new Carrier(plain), host, 0, true);
            socket.startHandshake();
            return new EncryptedConnection(plain, socket);
        } catch (IOException e) {
            plain.close();
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "tls: " + e.getMessage(), e);
        }
    }

    private static SSLSocketFactory sockets() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyServerCertificate()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK speaks TLS", e);
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void close() {
        // The plain one: a farewell would wait for a write that is stuck.
        plain.close();
    }

    /** Its end is told to the pod and leaves the input open. */
    private static final class Output extends FilterOutputStream {
        private final SSLSocket socket;

        Output(SSLSocket socket) throws IOException {
            super(socket.getOutputStream());
            this.socket = socket;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
            socket.shutdownOutput();
        }
    }

    /** The connection as the socket that TLS wants to lie on. */
    private static final class Carrier extends Socket {
        private final PodConnection plain;
        private volatile boolean over;

        Carrier(PodConnection plain) {
            this.plain = plain;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public boolean isClosed() {
            return over;
        }

        @Override
        public InputStream getInputStream() {
            return plain.input();
        }

        @Override
        public OutputStream getOutputStream() {
            return plain.output();
        }

        /** What waits is bounded by whoever closes the connection. */
        @Override
        public synchronized void setSoTimeout(int timeout) {}

        @Override
        public synchronized int getSoTimeout() {
            return 0;
        }

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public void close() {
            over = true;
            plain.close();
        }
    }
}
