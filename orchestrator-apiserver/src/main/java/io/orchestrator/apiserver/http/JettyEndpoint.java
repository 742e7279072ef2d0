package io.orchestrator.apiserver.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a session's calls on. Public because the library calls it by reflection. */
public final class JettyEndpoint implements Session.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(JettyEndpoint.class);

    private final SocketEndpoint endpoint;
    private final Duration patience;
    private final OpenPeers.Place place;
    private volatile @Nullable WebSocket socket;

    JettyEndpoint(SocketEndpoint endpoint, Duration patience, OpenPeers.Place place) {
        this.endpoint = endpoint;
        this.patience = patience;
        this.place = place;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        WebSocket opened = new WebSocket(session, patience);
        socket = opened;
        endpoint.opened(opened);
        place.taken(opened);
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
        WebSocket ended = socket;
        if (ended != null) {
            ended.over();
        }
        place.leave(ended);
        endpoint.closed();
        callback.succeed();
    }
}
