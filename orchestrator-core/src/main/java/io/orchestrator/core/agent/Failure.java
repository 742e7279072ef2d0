package io.orchestrator.core.agent;

import java.time.Duration;
import java.time.Instant;

/**
 * Something of a pod that did not work and will be tried again.
 *
 * @param reason as it stands in a container's waiting state
 * @param restingReason the same while the next try is waited for
 * @param times how often in a row
 */
record Failure(String reason, String restingReason, String message, int times, Instant at, Instant retryAt) {
    /** How long the reason is shown before the resting reason takes its place. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    String reasonAt(Instant now) {
        return isFresh(now) ? reason : restingReason;
    }

    boolean isFresh(Instant now) {
        return now.isBefore(freshUntil());
    }

    Instant freshUntil() {
        return at.plus(FRESH);
    }

    boolean isResting(Instant now) {
        return now.isBefore(retryAt);
    }
}
