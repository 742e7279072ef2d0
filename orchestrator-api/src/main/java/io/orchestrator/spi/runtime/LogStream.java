package io.orchestrator.spi.runtime;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lines of a container's output, stdout and stderr interleaved as they came. One reader at a time; any thread may close. */
public interface LogStream extends AutoCloseable {

    /** The next piece, waiting for it; null at the end. */
    byte @Nullable [] read() throws IOException;

    /** Ends it; a read that waits returns null. Idempotent. */
    @Override
    void close();
}
