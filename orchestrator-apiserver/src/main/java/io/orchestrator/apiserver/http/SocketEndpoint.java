package io.orchestrator.apiserver.http;

/** What a WebSocket of this server is spoken to with. Called on the HTTP server's threads, on which it must not block. */
public interface SocketEndpoint {

    /** The first call. Nothing is received before it has returned. */
    void opened(WebSocket socket);

    /**
     * A whole message. The next one comes after {@link WebSocket#demand}, so that a sender can be held back.
     *
     * @param text whether it is UTF-8
     */
    void received(byte[] message, boolean text);

    /** The last call: the other end has gone, or this one was closed. */
    void closed();
}
