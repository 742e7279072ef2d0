package io.orchestrator.conformance;

import io.orchestrator.testkit.junit.RequiresDocker;
import java.time.Duration;

/**
 * On containers of an engine. {@code -Dorchestrator.conformance.restarts=5} watches as many restarts as Kubernetes' own test,
 * which takes minutes.
 */
@RequiresDocker
class PodProbeConformanceIT extends PodProbeContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofContainers(name);
    }

    @Override
    int restarts() {
        return Integer.getInteger("orchestrator.conformance.restarts", 2);
    }

    @Override
    Duration leftAlone() {
        return Duration.ofSeconds(12);
    }

    /** A container reaches this machine through its gateway. */
    @Override
    String forwarding(int port) {
        return "[sh, -c, 'exec nc -ll -p 5000 -e nc $(ip route | sed -n \"s/^default via \\([0-9.]*\\).*/\\1/p\") "
                + port + "']";
    }

    @Override
    int healthPort(int port) {
        return 5000;
    }
}
