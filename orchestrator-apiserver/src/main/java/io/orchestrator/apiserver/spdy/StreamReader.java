package io.orchestrator.apiserver.spdy;

import java.io.IOException;

/** Takes what comes on one stream, in order, one call at a time. May block: that holds the sender back. */
public interface StreamReader {

    void received(byte[] bytes) throws IOException;

    /** The sender has said all. The last call. */
    void ended() throws IOException;

    /** The stream, or its connection, has been broken off; what had come and was not taken is lost. The last call. */
    void broken();
}
