package io.orchestrator.apiserver.remote;

import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A TLS connection to a node. Any thread may close it. */
public final class TlsConnection implements PodConnection {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Socket bare;
    private final SSLSocket socket;
    private final InputStream input;
    private final OutputStream output;
    private final Consumer<TlsConnection> closed;

    private TlsConnection(Socket bare, SSLSocket socket, Consumer<TlsConnection> closed) throws IOException {
        this.bare = bare;
        this.closed = closed;
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
    }

    /**
     * Connects and shakes hands.
     *
     * @param name that whoever is there must show a certificate for: the node's, since an address says nothing of who has it
     * @param closed told of its end
     */
    static TlsConnection open(
            SSLSocketFactory sockets, String name, String host, int port, Consumer<TlsConnection> closed)
            throws IOException {
        Socket bare = new Socket();
        try {
            bare.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            bare.setTcpNoDelay(true);
            // A machine that goes without a word is noticed by this alone, where a stream is silent.
            bare.setKeepAlive(true);
            bare.setSoTimeout((int) CONNECT.toMillis());
            SSLSocket socket = (SSLSocket) sockets.createSocket(bare, name, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            bare.setSoTimeout(0);
            return new TlsConnection(bare, socket, closed);
        } catch (IOException e) {
            bare.close();
            throw e;
        }
    }

    /** How long a read may wait; zero for ever. */
    void patience(Duration time) throws IOException {
        bare.setSoTimeout((int) time.toMillis());
    }

    /** Says that no more will be sent. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
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
        closed.accept(this);
        try {
            // The bare one first: a farewell would wait for a write that is stuck.
            bare.close();
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection to a node could not be closed", e);
        }
    }
}
