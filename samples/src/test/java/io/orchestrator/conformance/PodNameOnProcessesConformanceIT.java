package io.orchestrator.conformance;

/** On processes of this machine. */
class PodNameOnProcessesConformanceIT extends PodNameContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }
}
