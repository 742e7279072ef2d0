package io.orchestrator.core.webhook;

import io.orchestrator.spi.node.PodConnection;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connection to a pod in the form that TLS can be laid over. As thread-safe as the connection. */
final class PodSocket extends Socket {
    private final PodConnection connection;
    private volatile boolean closed;

    PodSocket(PodConnection connection) {
        this.connection = connection;
    }

    @Override
    public InputStream getInputStream() {
        return connection.input();
    }

    @Override
    public OutputStream getOutputStream() {
        return connection.output();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    /** There is none to be set: whoever reads is cut off by closing. */
    @Override
    public void setSoTimeout(int millis) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void close() {
        closed = true;
        connection.close();
    }
}
