package io.orchestrator.apiserver.stream;

import java.io.IOException;

/** The client's end of one forwarded connection. Calls block while the client takes nothing. */
interface ForwardClient {

    void data(byte[] bytes, int length) throws IOException;

    /** The connection is over. @param error why it failed; empty where it did not */
    void finish(String error) throws IOException;
}
