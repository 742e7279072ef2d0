package io.orchestrator.conformance;

/** On processes of this machine. */
class PodStorageOnProcessesConformanceIT extends PodStorageContract {
    @Override
    PodCluster open(String name) {
        return PodCluster.ofProcesses(name);
    }
}
