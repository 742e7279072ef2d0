package io.orchestrator.core.control.nodelifecycle;

import java.time.Duration;

/**
 * How patient the judgement of nodes is. The defaults are those of Kubernetes' controller manager.
 *
 * @param grace how long a node may be silent
 * @param evictionInterval at least this long between two nodes of a zone whose pods are evicted
 * @param slowEvictionInterval the same while much of a large zone is silent
 * @param unhealthyFraction from this part of a zone on, it counts as disrupted
 * @param largeZone zones of at most this many nodes stop evictions altogether while they are disrupted
 */
public record NodeLifecycleSettings(
        Duration grace,
        Duration evictionInterval,
        Duration slowEvictionInterval,
        double unhealthyFraction,
        int largeZone) {
    /** Between two signs of life of an agent, and a little more, as signs are late on a machine that has much to do. */
    private static final Duration SIGN = Duration.ofMillis(12_500);

    public static NodeLifecycleSettings defaults() {
        return new NodeLifecycleSettings(
                Duration.ofSeconds(50), Duration.ofSeconds(10), Duration.ofSeconds(100), 0.55, 50);
    }

    /** @param grace more than the ten seconds between two signs of life of an agent */
    public NodeLifecycleSettings withGrace(Duration grace) {
        return new NodeLifecycleSettings(grace, evictionInterval, slowEvictionInterval, unhealthyFraction, largeZone);
    }

    /**
     * After so much silence a node may be part of the same outage as one that has used up the grace: nodes that fell silent
     * together cross it within the time between two signs of each other. Never so short that a node is suspected between two
     * of its own signs.
     */
    Duration suspicion() {
        Duration half = grace.dividedBy(2);
        Duration least = grace.compareTo(SIGN) < 0 ? grace : SIGN;
        return half.compareTo(least) < 0 ? least : half;
    }
}
