package io.orchestrator.apiserver.spdy;

import java.io.IOException;

/** What a connection is for. Called on the executor, one call at a time. */
public interface StreamHandler {

    /** The other end has opened a stream; it is to be accepted or refused. */
    void opened(SpdyStream stream) throws IOException;

    /** The last call: the connection has ended, and all its streams with it. */
    void closed();
}
