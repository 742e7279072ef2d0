package io.orchestrator.spi.runtime;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;

/** A command that runs in a container, or the container itself. Streams block; each wants its own thread. */
public interface ExecSession extends AutoCloseable {

    /** Closing it is the end of input for the command. Discards what is written where stdin was not asked for. */
    OutputStream stdin();

    InputStream stdout();

    /** Empty with a terminal: everything comes on stdout. */
    InputStream stderr();

    /** Tells the terminal its size; does nothing without one. */
    void resize(int columns, int rows);

    /** The exit code, once the command has ended and its output has been handed over. */
    CompletionStage<Integer> exitCode();

    /** Cuts the streams and, where the engine can, ends the command. Idempotent. */
    @Override
    void close();
}
