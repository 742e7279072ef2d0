package io.orchestrator.apiserver.remote;

import io.orchestrator.apiserver.spdy.SpdyConnection;
import io.orchestrator.apiserver.spdy.SpdyStream;
import io.orchestrator.spi.node.PodConnection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A port of a pod on a node in another process. That nobody listens there is seen when it is read. */
final class RemotePort implements PodConnection {
    private static final long ERROR_SECONDS = 5;

    private final SpdyConnection connection;
    private final StreamText error = new StreamText();
    private final StreamInput data = new StreamInput();
    private final OutputStream output;

    private RemotePort(SpdyConnection connection, int port) throws IOException {
        this.connection = connection;
        open("error", port, true).read(error);
        SpdyStream stream = open("data", port, false);
        stream.read(data);
        this.output = new StreamOutput(stream);
    }

    static RemotePort over(SpdyConnection connection, int port) throws IOException {
        try {
            return new RemotePort(connection, port);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private SpdyStream open(String type, int port, boolean oneWay) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("streamtype", type);
        headers.put("port", Integer.toString(port));
        headers.put("requestid", "0");
        return connection.open(headers, oneWay);
    }

    @Override
    public InputStream input() {
        return new FilterInputStream(data) {
            @Override
            public int read() throws IOException {
                return told(super.read());
            }

            @Override
            public int read(byte[] into, int at, int length) throws IOException {
                return told(super.read(into, at, length));
            }
        };
    }

    /** The end comes with what went wrong, on a stream of its own. */
    private int told(int read) throws IOException {
        if (read >= 0) {
            return read;
        }
        String wrong;
        try {
            wrong = error.whole().get(ERROR_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the node does not say how the connection ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (!wrong.isEmpty()) {
            throw new IOException(wrong);
        }
        return read;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void close() {
        data.close();
        connection.close();
    }
}
