package io.orchestrator.core.control.autoscale;

import io.orchestrator.api.meta.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What one pod used of everything.
 *
 * @param containers by the container's name, then by the resource's
 * @param at the end of the window in which it was measured
 */
public record PodUsage(String pod, Map<String, Map<String, Quantity>> containers, Instant at, Duration window) {
    public PodUsage {
        containers = Map.copyOf(containers);
    }
}
