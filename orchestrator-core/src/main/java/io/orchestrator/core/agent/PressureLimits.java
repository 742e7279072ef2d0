package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Quantity;
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

    /**
     * As a kubelet's {@code --eviction-hard} has them, such as {@code memory.available<200Mi,nodefs.available<10%}.
     *
     * @throws IllegalArgumentException naming what is not understood
     */
    public static PressureLimits parse(String text) {
        PressureLimits none = new PressureLimits(0, 0, 0, standard().easing());
        PressureLimits all = none;
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("<", 2);
            if (sides.length < 2) {
                throw new IllegalArgumentException("not a threshold such as memory.available<100Mi: \"" + part + "\"");
            }
            all = all.with(sides[0], sides[1]);
        }
        return all;
    }

    private PressureLimits with(String signal, String amount) {
        return switch (signal) {
            case "memory.available" -> new PressureLimits(Quantity.parse(amount).value(), diskFraction, pids, easing);
            case "nodefs.available" -> {
                if (!amount.endsWith("%")) {
                    throw new IllegalArgumentException("nodefs.available is a percentage here, not " + amount);
                }
                double part = Double.parseDouble(amount.substring(0, amount.length() - 1)) / 100;
                yield new PressureLimits(memoryBytes, part, pids, easing);
            }
            case "pid.available" -> new PressureLimits(memoryBytes, diskFraction, Long.parseLong(amount), easing);
            default ->
                throw new IllegalArgumentException("no signal of this node: " + signal
                        + "; memory.available, nodefs.available, pid.available are");
        };
    }
}
