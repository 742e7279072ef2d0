package io.orchestrator.core.webhook;

import io.orchestrator.core.registry.webhook.ReviewTransport.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/** Which addresses may be spoken to: whoever can write a configuration must not reach what trusts this machine. Immutable. */
final class Addresses {
    private final boolean local;

    /** @param local whether the loopback addresses of this machine are among them */
    Addresses(boolean local) {
        this.local = local;
    }

    /** A literal IPv6 address without its brackets. */
    static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Connects to the first address of a host; to the very one that was judged. */
    Socket connect(String host, int port, Deadline deadline) throws IOException, Failure {
        InetAddress address;
        try {
            address = InetAddress.getByName(bare(host));
        } catch (UnknownHostException e) {
            throw new IOException("dial tcp: lookup " + host + ": no such host", e);
        }
        requireAllowed(address);
        Socket socket = new Socket();
        deadline.closes(socket);
        try {
            socket.connect(new InetSocketAddress(address, port), deadline.millisLeft());
            socket.setTcpNoDelay(true);
            // Should the timers end before the call does.
            socket.setSoTimeout(deadline.millisLeft());
            return socket;
        } catch (IOException e) {
            String why = e instanceof java.net.ConnectException ? "connect: connection refused" : e.getMessage();
            throw new IOException("dial tcp " + address.getHostAddress() + ":" + port + ": " + why, e);
        }
    }

    private void requireAllowed(InetAddress address) throws IOException {
        boolean refused = address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || address.isLoopbackAddress() && !local;
        if (refused) {
            throw new IOException("address " + address.getHostAddress() + " not allowed"
                    + (address.isLoopbackAddress() ? ": this cluster calls no webhooks on its own machine" : ""));
        }
    }
}
