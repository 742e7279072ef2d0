package io.orchestrator.core.agent;

import java.time.Duration;

/**
 * How little of a node may be left before its pods have to make room; 0 means that it does not matter.
 *
 * @param memoryBytes available memory
 * @param diskFraction available part of the disk that the agent's directory lies on, such as 0.1
 * @param pids processes that may still be begun
 * @param easing how long after the last shortage the node still says that it is under pressure
 */
public record PressureLimits(long memoryBytes, double diskFraction, long pids, Duration easing) {
    public PressureLimits {
        if (memoryBytes < 0 || diskFraction < 0 || diskFraction >= 1 || pids < 0 || easing.isNegative()) {
            throw new IllegalArgumentException("limits must not be negative, and the disk's below 1");
        }
    }

    /** Kubernetes' own: 100 MiB of memory, a tenth of the disk, five minutes. */
    public static PressureLimits standard() {
        return new PressureLimits(100L << 20, 0.1, 0, Duration.ofMinutes(5));
    }
}
