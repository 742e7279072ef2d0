package io.orchestrator.conformance;

import java.time.Duration;

/** On processes of this machine. */
class PodProbeOnProcessesConformanceIT extends PodProbeContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }

    /** The second waits for ten seconds, and who counts is the same agent. */
    @Override
    int restarts() {
        return 1;
    }

    @Override
    Duration leftAlone() {
        return Duration.ofSeconds(6);
    }

    /** What listens at every address of the machine listens at that of the pod. */
    @Override
    String forwarding(int port) {
        return "[sleep, '600']";
    }

    @Override
    int healthPort(int port) {
        return port;
    }
}
