package io.orchestrator.core.network.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Optional;

/**
 * Holds a range on this machine for as long as its socket is open. The socket is on loopback, which every process may bind: on
 * the range's own network address where it is a loopback range, else on one that stands for it.
 */
final class RangeClaim implements AutoCloseable {
    /** Any port would do, as long as it is always the same and nobody else's: no service is ever on these addresses. */
    private static final int PORT = 47_600;

    private final DatagramSocket socket;

    private RangeClaim(DatagramSocket socket) {
        this.socket = socket;
    }

    /** Empty when somebody else holds it. */
    static Optional<RangeClaim> of(boolean loopback, int octet) {
        try {
            InetAddress address = InetAddress.getByAddress(
                    loopback ? new byte[] {127, (byte) octet, 0, 0} : new byte[] {127, (byte) 255, (byte) octet, 1});
            return Optional.of(new RangeClaim(new DatagramSocket(new InetSocketAddress(address, PORT))));
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("assign requested address")) {
                throw new UncheckedIOException("this machine answers on 127.0.0.1 only, not on all of 127.0.0.0/8", e);
            }
            return Optional.empty();
        } catch (SocketException e) {
            throw new UncheckedIOException("no socket is to be had", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
