package io.orchestrator.spi.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What part of a log.
 *
 * @param tail only the last lines; null for all
 * @param since only lines from this moment on; null for all
 * @param limitBytes the most bytes to give; 0 for no bound
 */
public record LogQuery(
        boolean follow,
        boolean timestamps,
        @Nullable Integer tail,
        @Nullable Instant since,
        long limitBytes) {
    public static LogQuery all() {
        return new LogQuery(false, false, null, null, 0);
    }
}
