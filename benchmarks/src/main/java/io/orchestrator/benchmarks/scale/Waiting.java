package io.orchestrator.benchmarks.scale;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what others do, and not for ever. */
final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(40);
    private static final long LOOK_NANOS = 5_000_000;

    private Waiting() {}

    static void until(String what, BooleanSupplier holds) {
        long begun = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("waited " + PATIENCE.toMinutes() + " minutes for " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
