package io.orchestrator.testkit.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something in a simulation was not as it must be. The same seed fails again at the same moment. */
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final long seed;

    SimulationFailure(long seed, Duration at, String what, @Nullable Throwable cause) {
        super("seed " + seed + " at " + at + ": " + what, cause);
        this.seed = seed;
    }

    public long seed() {
        return seed;
    }
}
