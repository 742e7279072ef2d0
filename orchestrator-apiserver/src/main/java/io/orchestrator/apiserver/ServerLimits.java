package io.orchestrator.apiserver;

import java.time.Duration;

/**
 * What a server lets its clients take.
 *
 * @param inFlight requests that are served at a time; more wait for their turn
 * @param longRunning logs, commands, forwarded ports and proxied requests at a time
 * @param requestTime how long a request may take that is no watch or stream
 * @param longestWait how long one waits for its turn before it is sent away
 * @param idle how long a connection may be without a request, and an answer without its reader
 */
record ServerLimits(int inFlight, int longRunning, Duration requestTime, Duration longestWait, Duration idle) {
    /** Threads besides those that are served: for connections, and for requests that need no turn. */
    private static final int SPARE_THREADS = 64;

    static final ServerLimits STANDARD =
            new ServerLimits(200, 1_000, Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(90));

    ServerLimits {
        if (inFlight < 1 || longRunning < 1) {
            throw new IllegalArgumentException("nobody would ever be served");
        }
        if (requestTime.isNegative() || requestTime.isZero()) {
            throw new IllegalArgumentException("not a time for a request: " + requestTime);
        }
        if (idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("not an idle time: " + idle);
        }
    }

    /** Enough that those who are served and those who need no turn never wait for each other. */
    int threads() {
        return inFlight + SPARE_THREADS;
    }

    ServerLimits withIdle(Duration time) {
        return new ServerLimits(inFlight, longRunning, requestTime, longestWait, time);
    }

    ServerLimits withRequestTime(Duration time) {
        Duration wait = time.dividedBy(4);
        return new ServerLimits(inFlight, longRunning, time, wait, idle);
    }

    ServerLimits withInFlight(int requests) {
        return new ServerLimits(requests, longRunning, requestTime, longestWait, idle);
    }
}
