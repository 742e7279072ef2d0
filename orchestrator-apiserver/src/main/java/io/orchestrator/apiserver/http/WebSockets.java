package io.orchestrator.apiserver.http;

import io.orchestrator.api.client.ApiException;
import java.time.Duration;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * Turns requests into WebSockets. Such a connection may be silent for as long as it likes; that its other end takes what is
 * sent is for {@link WebSocket#send} to see to. Thread-safe.
 */
public final class WebSockets {
    /** More than any client puts into one message, and little enough to be held by each of many connections. */
    private static final long MAX_MESSAGE = 1024 * 1024;

    private final ServerWebSocketContainer container;
    private final Duration patience;
    private final OpenPeers open;

    /**
     * @param patience how long a message may be on its way out before its reader is cut off
     * @param open counts them
     */
    public WebSockets(ServerWebSocketContainer container, Duration patience, OpenPeers open) {
        this.container = container;
        this.patience = patience;
        this.open = open;
        container.setIdleTimeout(Duration.ZERO);
        container.setMaxBinaryMessageSize(MAX_MESSAGE);
        container.setMaxTextMessageSize(MAX_MESSAGE);
    }

    /** Whether the request asks for one. */
    public static boolean isAskedFor(Exchange exchange) {
        return exchange.header("Upgrade").equalsIgnoreCase("websocket");
    }

    /**
     * Answers the request by changing the protocol.
     *
     * @param subprotocol empty for none
     * @param endpoint is told of the session
     * @param abandoned called when there will be no session after all
     * @throws ApiException when the request is no proper one, or there are too many; {@code abandoned} has been called
     */
    public void accept(Exchange exchange, String subprotocol, SocketEndpoint endpoint, Runnable abandoned) {
        OpenPeers.Place place;
        try {
            place = open.enter();
        } catch (ApiException e) {
            abandoned.run();
            throw e;
        }
        Runnable given = () -> {
            place.leave(null);
            abandoned.run();
        };
        Callback answered = Callback.from(exchange.callback()::succeeded, failure -> {
            given.run();
            exchange.callback().failed(failure);
        });
        boolean upgraded = false;
        try {
            upgraded = container.upgrade(
                    (request, response, callback) -> {
                        if (!subprotocol.isEmpty()) {
                            response.setAcceptedSubProtocol(subprotocol);
                        }
                        return new JettyEndpoint(endpoint, patience, place);
                    },
                    exchange.request(),
                    exchange.response(),
                    answered);
        } finally {
            if (!upgraded) {
                given.run();
            }
        }
        if (!upgraded) {
            throw ApiException.badRequest("the connection could not be upgraded to a WebSocket");
        }
    }
}
