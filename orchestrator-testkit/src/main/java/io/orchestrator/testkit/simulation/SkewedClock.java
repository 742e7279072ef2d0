package io.orchestrator.testkit.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;

/** The wall clock of a machine that does not agree with the others. */
final class SkewedClock extends Clock {
    private final Clock right;
    private final Supplier<Duration> ahead;

    SkewedClock(Clock right, Supplier<Duration> ahead) {
        this.right = right;
        this.ahead = ahead;
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SkewedClock(right.withZone(zone), ahead);
    }

    @Override
    public Instant instant() {
        return right.instant().plus(ahead.get());
    }
}
