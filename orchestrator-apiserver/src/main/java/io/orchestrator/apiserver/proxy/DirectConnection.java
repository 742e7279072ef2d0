package io.orchestrator.apiserver.proxy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.spi.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A socket to an address outside of the cluster that a service names as its endpoint. */
public final class DirectConnection implements PodConnection {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;

    private DirectConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
    }

    /**
     * Connects, blocking.
     *
     * @param address an IP address
     * @throws ApiException with reason BadRequest for an address of this machine alone or of its link, ServiceUnavailable
     *     when nobody listens there
     */
    public static DirectConnection to(String address, int port) {
        requireElsewhere(address);
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByName(address), port), (int) LIMIT.toMillis());
            socket.setTcpNoDelay(true);
            return new DirectConnection(socket);
        } catch (IOException e) {
            close(socket);
            throw new ApiException(
                    Reason.SERVICE_UNAVAILABLE, "dial tcp " + address + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static void requireElsewhere(String address) {
        boolean literal = address.matches("[0-9.]+") || address.indexOf(':') >= 0;
        try {
            InetAddress ip = literal ? InetAddress.getByName(address) : InetAddress.getByAddress(new byte[4]);
            if (ip.isLoopbackAddress()
                    || ip.isLinkLocalAddress()
                    || ip.isAnyLocalAddress()
                    || ip.isMulticastAddress()) {
                throw ApiException.badRequest("address not allowed");
            }
        } catch (IOException e) {
            throw ApiException.badRequest("address not allowed");
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
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection could not be closed", e);
        }
    }
}
