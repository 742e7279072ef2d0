package io.orchestrator.apiserver.http;

import java.io.IOException;

/** The other end of a connection that has left HTTP. Thread-safe. */
public interface Peer {

    /**
     * Sends bytes and waits until they are on their way: that is what holds a fast sender back. Those of two senders are
     * not mixed.
     *
     * @throws IOException when that is impossible, or the other end took longer than the patience and was cut off
     */
    void send(byte[] bytes) throws IOException;

    /** Asks for the next piece of what the other end sends. */
    void demand();

    /** Ends it in order: what was sent is still delivered. Idempotent. */
    void close();

    /** Cuts it off. Idempotent. */
    void disconnect();
}
