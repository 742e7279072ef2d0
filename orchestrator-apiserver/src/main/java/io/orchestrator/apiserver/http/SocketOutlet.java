package io.orchestrator.apiserver.http;

import java.util.Iterator;
import java.util.List;
import org.eclipse.jetty.websocket.api.Callback;

/** A WebSocket: each piece is a message. */
public final class SocketOutlet implements Outlet {
    private final WebSocket socket;
    private final boolean text;

    /** @param text whether messages are sent as text */
    public SocketOutlet(WebSocket socket, boolean text) {
        this.text = text;
        this.socket = socket;
    }

    @Override
    public void send(List<byte[]> pieces, boolean last, Sent sent) {
        next(pieces.iterator(), last, sent);
    }

    private void next(Iterator<byte[]> pieces, boolean last, Sent sent) {
        if (pieces.hasNext()) {
            socket.send(pieces.next(), text, Callback.from(() -> next(pieces, last, sent), sent::done));
            return;
        }
        if (last) {
            socket.close();
        }
        sent.done(null);
    }

    @Override
    public void abort(Throwable why) {
        socket.disconnect();
    }
}
