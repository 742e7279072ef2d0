package io.orchestrator.spi.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A sandbox as it is.
 *
 * @param ready whether it runs and its address is in force
 * @param addresses the pod's addresses, the first one primary; empty while not ready
 */
public record SandboxState(
        String id,
        int attempt,
        PodIdentity pod,
        boolean ready,
        List<String> addresses,
        Instant createdAt,
        Map<String, String> labels,
        Map<String, String> annotations) {
    public SandboxState {
        addresses = List.copyOf(addresses);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
