package io.orchestrator.apiserver.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a session's calls on. Public because the library calls it by reflection. */
public final class JettyEndpoint implements Session.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(JettyEndpoint.class);

    private final SocketEndpoint endpoint;
    private final Duration patience;

    JettyEndpoint(SocketEndpoint endpoint, Duration patience) {
        this.endpoint = endpoint;
        this.patience = patience;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        endpoint.opened(new WebSocket(session, patience));
        session.demand();
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        byte[] message = new byte[payload.remaining()];
        payload.get(message);
        callback.succeed();
        endpoint.received(message, false);
    }

    @Override
    public void onWebSocketText(String message) {
        endpoint.received(message.getBytes(StandardCharsets.UTF_8), true);
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("a WebSocket broke: {}", cause.toString());
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        endpoint.closed();
        callback.succeed();
    }
}
