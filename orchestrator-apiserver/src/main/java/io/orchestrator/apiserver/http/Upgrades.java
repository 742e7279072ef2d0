package io.orchestrator.apiserver.http;

import io.orchestrator.api.client.ApiException;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;

/** Turns requests into connections that speak another protocol than HTTP. Thread-safe. */
public final class Upgrades {
    private final Duration patience;

    private final OpenPeers open;

    /**
     * @param patience how long bytes may be on their way out before their reader is cut off
     * @param open counts them
     */
    public Upgrades(Duration patience, OpenPeers open) {
        this.patience = patience;
        this.open = open;
    }

    /** Whether the request asks for this protocol. */
    public static boolean isAskedFor(Exchange exchange, String protocol) {
        return exchange.header(HttpHeader.UPGRADE.asString()).equalsIgnoreCase(protocol)
                && exchange.header(HttpHeader.CONNECTION.asString())
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains("upgrade");
    }

    /** The protocol that the request asks for; empty for none. */
    public static String askedFor(Exchange exchange) {
        String protocol = exchange.header(HttpHeader.UPGRADE.asString());
        return isAskedFor(exchange, protocol) ? protocol : "";
    }

    /**
     * Answers the request by changing the protocol.
     *
     * @param headers of the answer, besides those of the upgrade
     * @throws ApiException when the connection cannot be taken over, as with HTTP/2, or there are too many
     */
    public void accept(Exchange exchange, String protocol, Map<String, String> headers, PeerEndpoint endpoint) {
        Request request = exchange.request();
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (connection.getHttpVersion() != HttpVersion.HTTP_1_1) {
            throw ApiException.badRequest("an upgrade to " + protocol + " needs HTTP/1.1");
        }
        EndPoint bytes = connection.getConnection().getEndPoint();
        RawConnection raw =
                new RawConnection(bytes, connection.getConnector().getExecutor(), endpoint, patience, open.enter());
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, raw);
        exchange.setHeader(HttpHeader.CONNECTION.asString(), "Upgrade");
        exchange.setHeader(HttpHeader.UPGRADE.asString(), protocol);
        headers.forEach(exchange::setHeader);
        exchange.switchProtocols(HttpStatus.SWITCHING_PROTOCOLS_101);
    }
}
