package io.orchestrator.apiserver.stream;

import java.io.IOException;

/** The client's end of a command, whatever carries it. Calls block while the client takes nothing. */
interface CommandClient {

    /** @param channel standard output or error */
    void output(int channel, byte[] bytes, int length) throws IOException;

    /** Nothing more comes on a channel. */
    void ended(int channel) throws IOException;

    /** Tells how the command ended; and that was all. */
    void finish(CommandEnd end) throws IOException;
}
