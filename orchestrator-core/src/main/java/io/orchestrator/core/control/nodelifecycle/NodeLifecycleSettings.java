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

    public static NodeLifecycleSettings defaults() {
        return new NodeLifecycleSettings(
                Duration.ofSeconds(50), Duration.ofSeconds(10), Duration.ofSeconds(100), 0.55, 50);
    }
}
