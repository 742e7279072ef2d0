package io.orchestrator.apiserver;

import io.orchestrator.apiserver.http.SocketEndpoint;
import io.orchestrator.apiserver.http.WebSocket;
import io.orchestrator.spi.store.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a watch over a WebSocket: one message for each event. What the client sends is ignored, as
 * Kubernetes does; its going ends the watch.
 */
final class WatchSocket implements SocketEndpoint {
    /** Makes the answer on the connection that is there at last. */
    interface Answers {
        WatchAnswer on(WebSocket socket);
    }

    private final Subscription events;
    private final DeferredSink sink;
    private final Answers answers;
    private volatile @Nullable WebSocket socket;
    private volatile @Nullable WatchAnswer answer;

    WatchSocket(Subscription events, DeferredSink sink, Answers answers) {
        this.events = events;
        this.sink = sink;
        this.answers = answers;
    }

    @Override
    public void opened(WebSocket opened) {
        WatchAnswer begun = answers.on(opened);
        socket = opened;
        answer = begun;
        begun.follow(events);
        sink.open(begun);
    }

    @Override
    public void received(byte[] message, boolean text) {
        WebSocket open = socket;
        if (open != null) {
            open.demand();
        }
    }

    @Override
    public void closed() {
        WatchAnswer begun = answer;
        if (begun == null) {
            abandon();
        } else {
            begun.end();
        }
    }

    /** There will be no connection: the registry's task must not wait for one. */
    void abandon() {
        events.close();
        sink.abandon();
    }
}
