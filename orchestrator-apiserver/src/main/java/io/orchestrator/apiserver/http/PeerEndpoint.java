package io.orchestrator.apiserver.http;

/** What speaks to a {@link Peer}. Called on the HTTP server's threads, on which it must not block. */
public interface PeerEndpoint {

    /** The first call. Nothing is received before it has returned. */
    void opened(Peer peer);

    /** Bytes, cut anywhere. The next ones come after {@link Peer#demand}, so that a sender can be held back. */
    void received(byte[] bytes);

    /** The last call: the other end has gone, or this one was closed. */
    void closed();
}
