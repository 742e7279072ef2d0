package io.orchestrator.core.client;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.core.env.Environment;
import java.time.Duration;

/**
 * When an informer tries again, and whether by a list or by a watch. Owned by one informer's mailbox.
 *
 * <p>A thousand informers may lose their watches at one moment: nobody waits exactly as long as its neighbour, so their lists
 * do not arrive together.
 */
final class Relisting {
    private static final long SPREAD_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long SHORT_WATCH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MIN_WATCH_SECONDS = 300;

    /** What is done next. */
    record Next(boolean list, Duration delay) {}

    private final Environment environment;
    private long watchingSince;
    private boolean watched;
    private int failures;

    Relisting(Environment environment) {
        this.environment = environment;
    }

    /** A watch begins. */
    void watching() {
        watched = true;
        watchingSince = environment.nanoTime().getAsLong();
    }

    /** Between 5 and 10 minutes: a connection that died in silence is found out, and not by everybody at once. */
    int watchSeconds() {
        return MIN_WATCH_SECONDS + environment.random().nextInt(MIN_WATCH_SECONDS);
    }

    /** A list or watch failed or ended. @param listed whether any list ever succeeded */
    Next after(ApiException cause, boolean listed) {
        boolean list = !listed || cause.isExpired();
        boolean lasted = watched && environment.nanoTime().getAsLong() - watchingSince >= SHORT_WATCH_NANOS;
        watched = false;
        if (lasted) {
            failures = 0;
            if (!list) {
                return new Next(false, Duration.ZERO);
            }
        }
        failures++;
        long ceiling = Math.min(SPREAD_NANOS << Math.min(failures - 1, 10), MAX_NANOS);
        long wait = Math.max(ceiling / 20, environment.random().nextLong(ceiling));
        long asked = Duration.ofSeconds(cause.retryAfterSeconds()).toNanos();
        return new Next(list, Duration.ofNanos(Math.max(wait, asked)));
    }
}
